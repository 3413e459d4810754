package io.filedrop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The route that Camel's books show: the Splitter makes an exchange of each record, the Aggregator
 * gathers a hundred, a seda queue with eight consumers calls HubSpot. No checks, no journal, no
 * outcome files.
 */
public final class TextbookCamel {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TextbookCamel() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        String uri = args[1];
        long rows = Long.parseLong(args[2]);
        AtomicLong confirmed = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(
                    new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:file")
                                    .split(body())
                                    .streaming()
                                    .process(TextbookCamel::input)
                                    .aggregate(
                                            constant(true),
                                            AggregationStrategies.flexible()
                                                    .accumulateInCollection(ArrayList.class))
                                    .completionSize(100)
                                    .completionTimeout(1000)
                                    .to("seda:batches?size=16&blockWhenFull=true")
                                    .end();
                            from("seda:batches?concurrentConsumers=8&size=16")
                                    .process(TextbookCamel::request)
                                    .marshal()
                                    .json(JsonLibrary.Jackson)
                                    .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                                    .setHeader("Authorization", constant("Bearer bench"))
                                    .to(uri + "/crm/v3/objects/0-420/batch/update")
                                    .process(
                                            e -> {
                                                if (confirmed.addAndGet(results(e)) >= rows) {
                                                    done.countDown();
                                                }
                                            });
                        }
                    });
            camel.start();
            try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
                camel.createProducerTemplate().sendBody("direct:file", csv.iterator());
            }
            done.await(10, TimeUnit.MINUTES);
        }
        System.out.println("confirmed " + confirmed);
    }

    private static void input(Exchange exchange) {
        NamedCsvRecord row = exchange.getMessage().getBody(NamedCsvRecord.class);
        Map<String, String> properties = new LinkedHashMap<>(row.getFieldsAsMap());
        String id = properties.remove("id");
        exchange.getMessage().setBody(Map.of("id", id, "properties", properties));
    }

    private static void request(Exchange exchange) {
        exchange.getMessage().setBody(Map.of("inputs", exchange.getMessage().getBody(List.class)));
    }

    private static long results(Exchange exchange) throws Exception {
        JsonNode body = JSON.readTree(exchange.getMessage().getBody(byte[].class));
        return body.get("results").size();
    }
}
