package io.filedrop.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The update files that every program gets: an id and ten properties a row, the same each time. */
final class Dataset {

    /** Name and type of each column behind the id, as the stand-in's property definitions say. */
    static final List<String[]> PROPERTIES =
            List.of(
                    new String[] {"hs_name", "string"},
                    new String[] {"hs_price", "number"},
                    new String[] {"hs_address_1", "string"},
                    new String[] {"hs_city", "string"},
                    new String[] {"hs_zip", "string"},
                    new String[] {"hs_listing_type", "enumeration"},
                    new String[] {"hs_bedrooms", "number"},
                    new String[] {"hs_bathrooms", "number"},
                    new String[] {"hs_square_footage", "number"},
                    new String[] {"hs_year_built", "number"});

    static final String[] TYPES = {"house", "apartment", "townhouse", "land"};

    private static final String[] STREETS = {
        "Harbour Road", "Mill Lane", "Rua do Sol", "Hauptstr."
    };
    private static final String[] TOWNS = {
        "Aberdeen", "Lisbon", "Zürich", "San Antonio", "Utrecht"
    };

    private Dataset() {}

    /** Makes the file of so many rows in that folder, unless it is there. */
    static Path file(Path folder, long rows) throws IOException {
        Path file = folder.resolve("listings-" + rows + ".csv");
        if (!Files.exists(file)) {
            write(file, 0, rows);
        }
        return file;
    }

    /** Writes the rows from that number on. */
    static void write(Path file, long first, long rows) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            StringBuilder text = new StringBuilder("id");
            PROPERTIES.forEach(p -> text.append(',').append(p[0]));
            text.append('\n');
            for (long row = first; row < first + rows; row++) {
                row(text, row);
                if (text.length() > 1 << 14) {
                    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                }
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.move(temporary, file);
    }

    private static void row(StringBuilder text, long row) {
        Random random = new Random(row);
        String street = STREETS[random.nextInt(STREETS.length)];
        int number = 1 + random.nextInt(400);
        String town = TOWNS[random.nextInt(TOWNS.length)];
        text.append(300_000_000_000L + row * 7)
                .append(",\"")
                .append(number)
                .append(' ')
                .append(street)
                .append(", ")
                .append(town)
                .append(" (ref ")
                .append(row)
                .append(")\",")
                .append(50_000 + random.nextInt(2_000_000))
                .append(',')
                .append(number)
                .append(' ')
                .append(street)
                .append(',')
                .append(town)
                .append(",\"AB")
                .append(10_000 + random.nextInt(90_000))
                .append("\",")
                .append(TYPES[random.nextInt(TYPES.length)])
                .append(',')
                .append(1 + random.nextInt(7))
                .append(',')
                .append(1 + random.nextInt(3))
                .append(".5,")
                .append(40 + random.nextInt(900))
                .append(',')
                .append(1900 + random.nextInt(126))
                .append('\n');
    }
}
