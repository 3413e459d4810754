package io.filedrop.hubspot.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A journal's lines: eight hexadecimal digits of CRC-32C over the rest, a blank, up to which byte
 * the journal was on the disk when the line was written, a blank, one entry as a JSON array, a line
 * feed. Text, so that a person can read it on a bad night; one line an entry, so that a reader
 * finds the next one behind a damaged one.
 */
final class JournalFormat {

    /** An older program must not read what a newer one wrote; see {@link #decode}. */
    static final int VERSION = 1;

    private static final HexFormat HEX = HexFormat.of();
    static final int CRC_DIGITS = 8;
    private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

    private JournalFormat() {}

    /**
     * A whole line.
     *
     * @param onDisk what stands in front of that byte was on the disk when this was written
     */
    record Line(long onDisk, Entry entry) {}

    static byte[] encode(Line line) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(256);
            out.writeBytes(new byte[9]);
            out.writeBytes((line.onDisk() + " ").getBytes(StandardCharsets.US_ASCII));
            try (JsonGenerator json = Json.factory().createGenerator(out)) {
                json.writeStartArray();
                write(line.entry(), json);
                json.writeEndArray();
            }
            out.write('\n');
            byte[] bytes = out.toByteArray();
            String crc = HEX.toHexDigits(crc(bytes, 9, bytes.length - 10), CRC_DIGITS) + " ";
            System.arraycopy(crc.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 9);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen in memory", e);
        }
    }

    /**
     * What stands in a line, given without its line feed.
     *
     * @param withOutcomes false leaves out the outcomes of an entry that has some
     * @return null when the line is torn or damaged
     * @throws IOException when the line is whole, but not of this version
     */
    static Line decode(byte[] bytes, int from, int length, boolean withOutcomes)
            throws IOException {
        if (length < 11 || bytes[from + 8] != ' ') {
            return null;
        }
        String crc = HEX.toHexDigits(crc(bytes, from + 9, length - 9), CRC_DIGITS);
        if (!crc.equals(ascii(bytes, from, from + CRC_DIGITS))) {
            return null;
        }
        int to = from + length;
        int blank = from + 9;
        while (blank < to && bytes[blank] != ' ') {
            blank++;
        }
        long onDisk = Long.parseLong(ascii(bytes, from + 9, blank));
        try (JsonParser json = Json.factory().createParser(bytes, blank, to - blank)) {
            expect(json.nextToken() == JsonToken.START_ARRAY);
            return new Line(onDisk, read(json, withOutcomes));
        }
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private static long crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return crc.getValue();
    }

    private static void write(Entry entry, JsonGenerator json) throws IOException {
        if (entry instanceof Entry.Settled settled) {
            json.writeString("settled");
            writeCalls(settled.calls(), json);
            for (Outcome outcome : settled.outcomes()) {
                writeOutcome(outcome, json);
            }
        } else if (entry instanceof Entry.Claimed claimed) {
            json.writeString("claimed");
            json.writeNumber(VERSION);
            json.writeString(claimed.run());
            json.writeString(claimed.file());
            json.writeString(claimed.source());
            json.writeNumber(claimed.bytes());
            json.writeString(claimed.claimedAt().toString());
            json.writeString(claimed.version());
        } else if (entry instanceof Entry.Opened opened) {
            json.writeString("opened");
            json.writeString(opened.sha256());
            json.writeString(opened.mapping());
            json.writeString(opened.mappingSha256());
            json.writeString(opened.repeatOf());
            json.writeString(opened.startedAt().toString());
            for (Map.Entry<String, String> setting : opened.settings().entrySet()) {
                json.writeString(setting.getKey());
                json.writeString(setting.getValue());
            }
        } else if (entry instanceof Entry.ReadToEnd read) {
            json.writeString("read");
            json.writeNumber(read.rows());
        } else if (entry instanceof Entry.Parked parked) {
            json.writeString("parked");
            json.writeString(parked.reason());
            json.writeString(parked.until().toString());
            json.writeNumber(parked.rows());
            writeCalls(parked.calls(), json);
        } else if (entry instanceof Entry.Refused refused) {
            json.writeString("refused");
            writeReason(refused.reason(), json);
        }
    }

    private static void writeCalls(Entry.Calls calls, JsonGenerator json) throws IOException {
        json.writeNumber(calls.calls());
        json.writeNumber(calls.retries());
        json.writeNumber(calls.rateLimited());
    }

    private static void writeOutcome(Outcome outcome, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(outcome.position().ordinal());
        json.writeString(outcome.position().place());
        json.writeString(outcome.id());
        json.writeNumber(outcome.kind().ordinal());
        if (outcome.kind() == Outcome.Kind.CONFIRMED) {
            json.writeBoolean(outcome.created());
            json.writeString(outcome.hubspotId());
            json.writeString(outcome.updatedAt());
        } else {
            for (Reason reason : outcome.reasons()) {
                writeReason(reason, json);
            }
        }
        json.writeEndArray();
    }

    private static void writeReason(Reason reason, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeString(reason.code());
        json.writeString(reason.property());
        json.writeString(reason.value());
        json.writeString(reason.message());
        json.writeString(reason.correlationId());
        json.writeEndArray();
    }

    private static Entry read(JsonParser json, boolean withOutcomes) throws IOException {
        String type = text(json);
        return switch (type) {
            case "settled" -> readSettled(json, withOutcomes);
            case "claimed" -> readClaimed(json);
            case "opened" -> readOpened(json);
            case "read" -> new Entry.ReadToEnd(number(json));
            case "parked" ->
                    new Entry.Parked(
                            text(json), Instant.parse(text(json)), number(json), readCalls(json));
            case "refused" -> {
                expect(json.nextToken() == JsonToken.START_ARRAY);
                yield new Entry.Refused(readReason(json));
            }
            default ->
                    throw new IOException(
                            "it holds an entry of kind '"
                                    + type
                                    + "', which a newer version wrote");
        };
    }

    private static Entry readClaimed(JsonParser json) throws IOException {
        long version = number(json);
        if (version > VERSION) {
            throw new IOException(
                    "it is in journal format "
                            + version
                            + ", written by a newer version; this one reads up to "
                            + VERSION);
        }
        return new Entry.Claimed(
                text(json),
                text(json),
                text(json),
                number(json),
                Instant.parse(text(json)),
                text(json));
    }

    private static Entry readOpened(JsonParser json) throws IOException {
        String sha256 = text(json);
        String mapping = text(json);
        String mappingSha256 = text(json);
        String repeatOf = text(json);
        Instant startedAt = Instant.parse(text(json));
        Map<String, String> settings = new TreeMap<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            settings.put(json.getText(), text(json));
        }
        return new Entry.Opened(sha256, mapping, mappingSha256, repeatOf, startedAt, settings);
    }

    private static Entry readSettled(JsonParser json, boolean withOutcomes) throws IOException {
        Entry.Calls calls = readCalls(json);
        List<Outcome> outcomes = new ArrayList<>();
        while (withOutcomes && json.nextToken() == JsonToken.START_ARRAY) {
            outcomes.add(readOutcome(json));
        }
        return new Entry.Settled(outcomes, calls);
    }

    private static Entry.Calls readCalls(JsonParser json) throws IOException {
        return new Entry.Calls(number(json), number(json), number(json));
    }

    private static Outcome readOutcome(JsonParser json) throws IOException {
        Position position = new Position(number(json), text(json));
        String id = text(json);
        Outcome.Kind kind = KINDS[(int) number(json)];
        if (kind == Outcome.Kind.CONFIRMED) {
            boolean created = json.nextToken() == JsonToken.VALUE_TRUE;
            Outcome outcome = Outcome.confirmed(position, id, created, text(json), text(json));
            expect(json.nextToken() == JsonToken.END_ARRAY);
            return outcome;
        }
        List<Reason> reasons = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_ARRAY) {
            reasons.add(readReason(json));
        }
        return new Outcome(position, id, kind, false, "", "", List.copyOf(reasons));
    }

    private static Reason readReason(JsonParser json) throws IOException {
        Reason reason = new Reason(text(json), text(json), text(json), text(json), text(json));
        expect(json.nextToken() == JsonToken.END_ARRAY);
        return reason;
    }

    private static String text(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static long number(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void expect(boolean met) throws IOException {
        if (!met) {
            throw new IOException("it holds a line that is whole but not an entry");
        }
    }
}
