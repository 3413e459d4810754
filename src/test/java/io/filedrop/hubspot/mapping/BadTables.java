package io.filedrop.hubspot.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.List;

/** B1 to B23: CSV files that are wrong as tables. */
final class BadTables {

    static final String HEADER = "id,hs_price\n";
    private static final String CITY = "id,hs_city\n";
    private static final String LATIN = CITY + "1,Rome\n2,Málaga\n3,Paris\n";

    private BadTables() {}

    private static BadInput csv(int number, String what, String text) {
        return BadInput.of(number, what, "f.csv", text);
    }

    private static BadInput csv(int number, String what, byte[] bytes) {
        return BadInput.of(number, what, "f.csv", bytes);
    }

    private static String layout(String options) {
        return "files: [\"f*\"]\nlayout: {"
                + options
                + "}\nid: {column: id}\nproperties: {hs_price: hs_price}\n";
    }

    static List<BadInput> cases() {
        return List.of(
                csv(1, "0 bytes", "").refused("EMPTY_FILE", "The file is empty"),
                csv(2, "header only", HEADER).gives(""),
                BadInput.proven(
                        2,
                        "header only, as a run",
                        "product.MainJobIT#refusesWhatCannotBeReadAndGoesOnWithTheNextFile"),
                csv(3, "byte order mark only", "\uFEFF").refused("EMPTY_FILE"),
                csv(3, "byte order mark and header", "\uFEFF" + HEADER + "1,5\n")
                        .gives("2:1{hs_price=5}"),
                csv(4, "UTF-16LE with mark", ("\uFEFF" + LATIN).getBytes(UTF_16LE))
                        .gives("2:1{hs_city=Rome} 3:2{hs_city=Málaga} 4:3{hs_city=Paris}"),
                csv(4, "UTF-16BE with mark", ("\uFEFF" + LATIN).getBytes(UTF_16BE))
                        .gives("2:1{hs_city=Rome} 3:2{hs_city=Málaga} 4:3{hs_city=Paris}"),
                csv(5, "UTF-16LE without mark", LATIN.getBytes(UTF_16LE))
                        .refused("WRONG_ENCODING", "looks like UTF-16LE without a byte order mark"),
                csv(5, "UTF-16BE without mark", LATIN.getBytes(UTF_16BE))
                        .refused("WRONG_ENCODING", "looks like UTF-16BE without a byte order mark"),
                csv(6, "Latin-1 where UTF-8 is expected", LATIN.getBytes(ISO_8859_1))
                        .gives(
                                "2:1{hs_city=Rome} 3!WRONG_ENCODING 4:3{hs_city=Paris}",
                                "Line 3, column 2 (hs_city), in the record from byte 18"),
                csv(6, "Latin-1, declared", "id,hs_price\n1,5\ne\u0301".getBytes(ISO_8859_1))
                        .by(layout("encoding: ISO-8859-1"))
                        .gives("2:1{hs_price=5} 3!WRONG_FIELD_COUNT"),
                csv(7, "two encodings", both(LATIN.getBytes(ISO_8859_1), "4,Málaga\n"))
                        .gives(
                                "2:1{hs_city=Rome} 3!WRONG_ENCODING 4:3{hs_city=Paris}"
                                        + " 5:4{hs_city=Málaga}"),
                csv(8, "NUL", CITY + "1,Ro\0me\n2,Paris\n")
                        .gives("2!CONTROL_CHARACTER 3:2{hs_city=Paris}", "column 2 (hs_city)"),
                csv(9, "CR", "id,hs_price\r1,5\r2,6").gives("2:1{hs_price=5} 3:2{hs_price=6}"),
                csv(9, "CRLF", "id,hs_price\r\n1,5\r\n").gives("2:1{hs_price=5}"),
                csv(9, "mixed", "id,hs_price\r1,5\n2,6\r\n3,x")
                        .gives("2:1{hs_price=5} 3:2{hs_price=6} 4!BAD_NUMBER"),
                csv(10, "a quote never closed", HEADER + "1,5\n2,\"6\n3,7\n")
                        .gives("2:1{hs_price=5} 3!BAD_QUOTE", "Line 3 to 4, bytes 16 to 25"),
                BadInput.of(
                                10,
                                "a quote never closed, very far",
                                "f.csv",
                                BadInput.repeated(HEADER + "1,5\n2,\"", "3,7\n", 20_000_000, ""))
                        .gives("2:1{hs_price=5} 3!TOO_LONG", "the rest of the file"),
                csv(11, "text behind a closing quote", CITY + "1,\"a\"b\n2,c\n")
                        .gives("2!BAD_QUOTE 3:2{hs_city=c}", "Line 2, bytes 11 to 18"),
                csv(11, "backslash escapes", CITY + "1,\"a \\\"b\\\" c\"\n2,c\n")
                        .gives("2!BAD_QUOTE 3:2{hs_city=c}"),
                csv(11, "a quote behind a blank", CITY + "1, \"a\"\n2,c\n")
                        .gives("2!BAD_QUOTE 3:2{hs_city=c}", "Line 2, column 2 (hs_city)"),
                csv(11, "inches within a bare field", CITY + "1,12\" walls\n")
                        .gives("2:1{hs_city=12\" walls}"),
                csv(12, "fewer fields", "id,hs_city,hs_price\n1,5\n2,c,6\n")
                        .gives("2!WRONG_FIELD_COUNT 3:2{hs_city=c, hs_price=6}"),
                csv(13, "more fields", HEADER + "1,5,6\n2,7\n")
                        .gives("2!WRONG_FIELD_COUNT 3:2{hs_price=7}", "has 3 fields"),
                csv(13, "a delimiter behind every row", "id,hs_price,\n1,5,\n")
                        .gives("2:1{hs_price=5}"),
                csv(14, "a name twice", "id,hs_price,hs_price\n1,5,6\n")
                        .refused("BAD_HEADER", "columns 2 and 3"),
                csv(15, "an unknown column", "id,hs_prise\n1,5\n")
                        .refused("UNKNOWN_PROPERTY", "Line 1, column 2", "did you mean hs_price?"),
                csv(15, "an unknown column below blank lines", "\n\nid,hs_prise\n1,5\n")
                        .refused("UNKNOWN_PROPERTY", "Line 3, column 2"),
                csv(16, "no key below a blank line", "\nhs_price\n5\n")
                        .refused("NO_ID_COLUMN", "Line 2: no column"),
                BadInput.proven(
                        15,
                        "ignored when asked",
                        "product.MainJobIT#ignoresUnknownColumnsWhenAsked"),
                csv(16, "a column of the mapping missing", "id,price\n1,5\n")
                        .by(layout("delimiter: \",\""))
                        .refused("MISSING_COLUMN", "needs the column hs_price", "Found: id, price"),
                csv(16, "no header", "1,5\n2,6\n").refused("NO_ID_COLUMN", "Line 1", "Found: 1, 5"),
                csv(17, "blanks around names", "\u00A0id , hs_price\n1,5\n")
                        .gives("2:1{hs_price=5}"),
                csv(17, "case", "id,HS_Price\n1,5\n")
                        .refused("UNKNOWN_PROPERTY", "did you mean hs_price?"),
                csv(17, "zero width", "id,hs_\u200Bprice\n1,5\n")
                        .refused("BAD_HEADER", "column 2", "<U+200B>"),
                csv(17, "soft hyphen", "id,hs_\u00ADprice\n1,5\n")
                        .refused("BAD_HEADER", "<U+00AD>"),
                csv(17, "a blank that does not break", "id,hs\u00A0price\n1,5\n")
                        .refused("UNKNOWN_PROPERTY", "<U+00A0>"),
                csv(18, "semicolons", "id;hs_price\n1;5\n").gives("2:1{hs_price=5}"),
                csv(18, "tabs", "id\ths_price\n1\t5\n").gives("2:1{hs_price=5}"),
                csv(18, "bars", "id|hs_price\n1|5\n").gives("2:1{hs_price=5}"),
                csv(18, "sep=;", "sep=;\nid;hs_price\n1;5\n").gives("3:1{hs_price=5}"),
                csv(18, "two that could be it", "id;a,hs_price\n1;5,6\n")
                        .refused("AMBIGUOUS_DELIMITER", "Line 1", "(; ,)"),
                csv(19, "a title line", "Export of 1 May\n" + HEADER + "1,5\n")
                        .refused("NO_ID_COLUMN", "Line 1", "Export of 1 May"),
                csv(19, "a title line, declared", "Export\n" + HEADER + "1,5\n")
                        .by(layout("header-line: 2"))
                        .gives("3:1{hs_price=5}"),
                csv(19, "totals below", HEADER + "1,5\nTotal,5\n")
                        .gives("2:1{hs_price=5} 3!BAD_RECORD_ID"),
                csv(19, "a second table", HEADER + "1,5\n\nid,hs_city,hs_name\n1,a,b\n")
                        .gives("2:1{hs_price=5} 4!WRONG_FIELD_COUNT 5!WRONG_FIELD_COUNT"),
                csv(20, "the header again", HEADER + "1,5\n" + HEADER + "2,6\n")
                        .gives("2:1{hs_price=5} 3!HEADER_REPEATED 4:2{hs_price=6}"),
                csv(21, "blank lines, and lines of delimiters", HEADER + "\n  \n,\n1,5\n\n")
                        .gives("4- 5:1{hs_price=5}"),
                csv(22, "line breaks in quotes", CITY + "1,\"a\r\nb\nc\"\n2,\"d\"e\n")
                        .gives("2:1{hs_city=a␍⏎b⏎c} 5!BAD_QUOTE", "Line 5"),
                BadInput.of(
                                23,
                                "a field of 10 MB",
                                "f.csv",
                                BadInput.repeated(CITY + "1,", "x", 10_000_000, "\n2,c\n"))
                        .gives("2!TOO_LONG 3:2{hs_city=c}", "a field is longer than 1,048,576"),
                BadInput.of(
                                23,
                                "20,000 columns",
                                "f.csv",
                                BadInput.repeated("id", ",c", 20_000, "\n1\n"))
                        .refused("BAD_HEADER", "more than 5,000 columns"),
                BadInput.of(
                                23,
                                "more than the largest file",
                                "f.csv",
                                file -> sparse(file, (1L << 32) + 1))
                        .refused("FILE_TOO_LARGE", "4,294,967,296 are allowed"));
    }

    /** A file of that size that takes no room on the disk. */
    static void sparse(java.nio.file.Path file, long size) throws java.io.IOException {
        try (var whole = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(size);
        }
    }

    private static byte[] both(byte[] first, String second) {
        byte[] more = second.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
