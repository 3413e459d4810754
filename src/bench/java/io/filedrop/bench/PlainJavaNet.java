package io.filedrop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one writes in an afternoon with what the JDK has: FastCSV, Jackson, {@code java.net.http},
 * eight calls under way. No checks, no journal, no outcome files; a call that is not answered 200
 * ends it.
 */
public final class PlainJavaNet {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainJavaNet() {}

    public static void main(String[] args) throws Exception {
        URI uri = URI.create(args[1] + "/crm/v3/objects/0-420/batch/update");
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore underWay = new Semaphore(8);
        AtomicLong confirmed = new AtomicLong();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(Path.of(args[0]))) {
            List<Map<String, Object>> inputs = new ArrayList<>();
            for (NamedCsvRecord row : rows) {
                Map<String, String> properties = new LinkedHashMap<>(row.getFieldsAsMap());
                String id = properties.remove("id");
                inputs.add(Map.of("id", id, "properties", properties));
                if (inputs.size() == 100) {
                    send(client, uri, inputs, underWay, confirmed);
                    inputs = new ArrayList<>();
                }
            }
            if (!inputs.isEmpty()) {
                send(client, uri, inputs, underWay, confirmed);
            }
        }
        underWay.acquire(8);
        System.out.println("confirmed " + confirmed);
    }

    private static void send(
            HttpClient client,
            URI uri,
            List<Map<String, Object>> inputs,
            Semaphore underWay,
            AtomicLong confirmed)
            throws Exception {
        underWay.acquire();
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer bench")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        JSON.writeValueAsBytes(Map.of("inputs", inputs))))
                        .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenAccept(answer -> confirmed.addAndGet(results(answer)))
                .whenComplete(
                        (done, fault) -> {
                            if (fault != null) {
                                fault.printStackTrace();
                                System.exit(1);
                            }
                            underWay.release();
                        });
    }

    private static long results(HttpResponse<byte[]> answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("HubSpot answered " + answer.statusCode());
            }
            return body.get("results").size();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
