package io.filedrop.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Near what Java can do at all: rows go straight from the parser into a JSON generator, answers are
 * counted without a tree, Apache HttpClient 5 in four workers. No checks, no journal, no outcome
 * files; a call that is not answered 200 ends it.
 */
public final class PlainHttpClient5 {

    private static final int WORKERS = 4;
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<CsvRecord> END = new ArrayList<>();

    private PlainHttpClient5() {}

    public static void main(String[] args) throws Exception {
        String uri = args[1] + "/crm/v3/objects/0-420/batch/update";
        BlockingQueue<List<CsvRecord>> batches = new ArrayBlockingQueue<>(2 * WORKERS);
        AtomicLong confirmed = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        try (CloseableHttpClient client =
                        HttpClients.custom()
                                .setConnectionManager(
                                        PoolingHttpClientConnectionManagerBuilder.create()
                                                .setMaxConnPerRoute(WORKERS)
                                                .build())
                                .disableContentCompression()
                                .disableCookieManagement()
                                .build();
                CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(Path.of(args[0]))) {
            Iterator<CsvRecord> row = rows.iterator();
            List<String> header = row.next().getFields();
            for (int i = 0; i < WORKERS; i++) {
                Thread worker =
                        new Thread(() -> work(client, uri, header, batches, confirmed), "worker");
                worker.start();
                workers.add(worker);
            }
            List<CsvRecord> batch = new ArrayList<>(100);
            while (row.hasNext()) {
                batch.add(row.next());
                if (batch.size() == 100) {
                    batches.put(batch);
                    batch = new ArrayList<>(100);
                }
            }
            if (!batch.isEmpty()) {
                batches.put(batch);
            }
            batches.put(END);
            for (Thread worker : workers) {
                worker.join();
            }
        }
        System.out.println("confirmed " + confirmed);
    }

    private static void work(
            CloseableHttpClient client,
            String uri,
            List<String> header,
            BlockingQueue<List<CsvRecord>> batches,
            AtomicLong confirmed) {
        try {
            List<CsvRecord> batch;
            while ((batch = batches.take()) != END) {
                HttpPost post = new HttpPost(uri);
                post.setHeader("Authorization", "Bearer bench");
                post.setEntity(
                        new ByteArrayEntity(body(header, batch), ContentType.APPLICATION_JSON));
                confirmed.addAndGet(client.execute(post, PlainHttpClient5::results));
            }
            batches.put(END);
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static byte[] body(List<String> header, List<CsvRecord> batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 15);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("inputs");
            for (CsvRecord row : batch) {
                json.writeStartObject();
                json.writeStringField("id", row.getField(0));
                json.writeObjectFieldStart("properties");
                for (int i = 1; i < header.size(); i++) {
                    json.writeStringField(header.get(i), row.getField(i));
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static long results(ClassicHttpResponse answer) throws IOException {
        byte[] body = EntityUtils.toByteArray(answer.getEntity());
        if (answer.getCode() != 200) {
            throw new IOException("HubSpot answered " + answer.getCode());
        }
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null && !"results".equals(json.currentName())) {
                // On to the results.
            }
            json.nextToken();
            long count = 0;
            while (json.nextToken() == JsonToken.START_OBJECT) {
                json.skipChildren();
                count++;
            }
            return count;
        }
    }
}
