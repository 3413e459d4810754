package io.filedrop.hubspot.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** B35 to B51: JSON and XML. */
final class BadTrees {

    static final String XML =
            """
            files: ["f*"]
            layout: {record: p}
            id: {column: id}
            properties: {hs_city: c}
            """;

    private static final String IN_SPACE = XML.replace("record: p", "record: \"{urn:a}p\"");
    private static final String NESTED =
            """
            files: ["f*"]
            id: {column: id}
            properties: {hs_city: address/town}
            """;

    private static final String KEEPS = "{column: %s, values: {a: A}, others: keep}";

    private BadTrees() {}

    private static BadInput json(int number, String what, String text) {
        return BadInput.of(number, what, "f.json", text);
    }

    private static BadInput xml(int number, String what, String text) {
        return BadInput.of(number, what, "f.xml", text).by(XML);
    }

    private static String one(String city) {
        return "<r><p><id>1</id><c>" + city + "</c></p></r>";
    }

    private static String thousand() {
        return IntStream.rangeClosed(1, 1000)
                .mapToObj(i -> "<p><id>" + i + (i == 500 ? "</c>" : "</id>") + "<c>x</c></p>")
                .collect(Collectors.joining("\n", "<r>\n", "</r>"));
    }

    private static String lol() {
        return IntStream.range(1, 10)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("", "<!DOCTYPE r [<!ENTITY l0 \"lol\">", "]>"));
    }

    static List<BadInput> cases() {
        return List.of(
                BadInput.proven(
                        35, "188 files that are not JSON", "feed.CorporaTest#jsonTestSuite"),
                json(35, "a comma too many", "[{\"id\":1,\"hs_price\":5},]")
                        .gives("1:1{hs_price=5} 1!BROKEN_STRUCTURE", "Line 1, column "),
                json(15, "an unknown field", "[{\"id\":1,\"hs_prise\":5}]")
                        .refused("UNKNOWN_PROPERTY", "The field hs_prise: "),
                json(35, "a single quote", "[{'id':1}]").gives("1!BROKEN_STRUCTURE").by(NESTED),
                BadInput.of(
                                36,
                                "100,000 lists in each other",
                                "f.json",
                                BadInput.repeated("[", "[", 100_000, ""))
                        .by(NESTED)
                        .gives("1!TOO_DEEP", "deeper within each other than 100"),
                BadInput.of(
                                36,
                                "a text of 100 MB",
                                "f.json",
                                BadInput.repeated("[{\"id\":\"", "x", 100_000_000, "\"}]"))
                        .by(NESTED)
                        .gives("1!TOO_LONG"),
                BadInput.of(
                                36,
                                "a number of 1,000,000 digits",
                                "f.json",
                                BadInput.repeated(
                                        "[{\"id\":",
                                        "1",
                                        1_000_000,
                                        "},{\"id\":2,\"hs_price\":5}]"))
                        .by(NESTED.replace("address/town", "hs_price"))
                        .gives("1!TOO_LONG 1:2{hs_city=5}"),
                BadInput.of(
                                36,
                                "one line of 20 MB",
                                "f.ndjson",
                                BadInput.repeated("{\"id\":\"", "x", 20_000_000, ""))
                        .refused("TOO_LONG", "Line 1: it is longer than 16,777,216 bytes"),
                BadInput.proven(37, "95 files that are JSON", "feed.CorporaTest#jsonTestSuite"),
                json(
                                37,
                                "blanks, escapes and exponents",
                                " [ {\"id\":\"\\u0031\",\n\"hs_price\":5E1} ] ")
                        .gives("1:1{hs_price=5E1}"),
                BadInput.proven(38, "35 files that may be JSON", "feed.CorporaTest#jsonTestSuite"),
                json(38, "half a surrogate pair", "[{\"id\":1,\"hs_city\":\"\\ud800\"}]")
                        .gives("1!WRONG_ENCODING"),
                json(
                                38,
                                "a number beyond doubles",
                                "[{\"id\":1,\"hs_city\":0.4e00669999999999999}]")
                        .gives("1:1{hs_city=0.4e00669999999999999}"),
                json(39, "a key twice", "[{\"id\":1,\"hs_price\":5,\"hs_price\":6},{\"id\":2}]")
                        .gives("1!DUPLICATE_KEY 1-", "(/hs_price)"),
                json(40, "an id beyond doubles", "[{\"id\":9007199254740993,\"hs_price\":5}]")
                        .gives("1:9007199254740993{hs_price=5}"),
                BadInput.proven(41, "cut at each byte", "mapping.BadInputsTest#cutAnywhere"),
                BadInput.of(
                                42,
                                "one bad line",
                                "f.ndjson",
                                "{\"id\":1,\"hs_price\":5}\n{\"id\":\n{\"id\":3,\"hs_price\":6}\n")
                        .gives("1:1{hs_price=5} 2!BROKEN_STRUCTURE 3:3{hs_price=6}", "Line 2"),
                BadInput.of(
                                42,
                                "a zero byte",
                                "f.ndjson",
                                "// x\n\t\0\n{\0\n{\"id\":3,\"hs_price\":6}\n")
                        .gives("2!BROKEN_STRUCTURE 3!BROKEN_STRUCTURE 4:3{hs_price=6}"),
                BadInput.of(42, "a list by another name", "f.ndjson", "[{\"id\":1}]\n")
                        .refused("WRONG_SHAPE", "call it .json"),
                BadInput.of(42, "lines by another name", "f.json", "{\"id\":1}\n{\"id\":2}\n")
                        .refused("WRONG_SHAPE", "a list of records is expected"),
                json(42, "text behind the list", "[{\"id\":1,\"hs_price\":5}] x")
                        .gives("1:1{hs_price=5} 1!BROKEN_STRUCTURE"),
                json(43, "an object for the list", "{\"id\":1}")
                        .refused("WRONG_SHAPE", "Line 1, column 1", "there is an object"),
                json(43, "an object for a value", "[{\"id\":1,\"hs_city\":{\"a\":1}}]")
                        .gives("1!WRONG_SHAPE", "(/hs_city)"),
                json(43, "a value for an object", "[{\"id\":1,\"address\":\"Rome\"}]")
                        .by(NESTED)
                        .gives("1!WRONG_SHAPE", "(/address): an object is expected here"),
                json(43, "a list for a value", "[{\"id\":1,\"address\":{\"town\":[\"a\",\"b\"]}}]")
                        .by(NESTED)
                        .gives("1!SEVERAL_VALUES"),
                json(
                                43,
                                "names that the mapping does not know",
                                "[{\"ID\":1,\"town\":\"Rome\"},{\"ID\":2,\"town\":\"Bari\"}]")
                        .by(NESTED)
                        .gives("1!MISSING_ID 1!MISSING_ID", "Field id: found \"\""),
                BadInput.of(
                                43,
                                "names that the mapping does not know, line by line",
                                "f.ndjson",
                                "{\"ID\":1}\n{\"id\":2,\"address\":{\"town\":\"Bari\"}}\n")
                        .by(NESTED)
                        .gives("1!MISSING_ID 2:2{hs_city=Bari}"),
                json(
                                43,
                                "fields that are there and hold nothing",
                                "[{\"id\":null,\"address\":{\"town\":\" \"}}]")
                        .by(NESTED)
                        .gives("1!MISSING_ID"),
                json(43, "an object without fields", "[{\"id\":1,\"hs_price\":5},{}]")
                        .gives("1:1{hs_price=5} 1!MISSING_ID"),
                json(
                                43,
                                "a list for a value, with a table that keeps others",
                                "[{\"id\":1,\"address\":{\"town\":[\"a\",\"b\"]}}]")
                        .by(NESTED.replace("address/town", KEEPS.formatted("address/town")))
                        .gives("1!SEVERAL_VALUES"),
                json(43, "a number for a text", "[{\"id\":1,\"hs_city\":7.10}]")
                        .gives("1:1{hs_city=7.10}"),
                xml(
                                44,
                                "an external document type",
                                "<!DOCTYPE r SYSTEM \"http://x/y\">" + one("a"))
                        .refused("DOCTYPE", "Line 1"),
                xml(
                                44,
                                "an external entity",
                                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                        + one("&x;"))
                        .refused("DOCTYPE"),
                xml(
                                44,
                                "a parameter entity",
                                "<!DOCTYPE r [<!ENTITY % x SYSTEM \"http://x/y\"> %x;]>" + one("a"))
                        .refused("DOCTYPE"),
                BadInput.proven(
                        44, "nothing is asked for", "product.HostileFilesIT#doesNotStopForThem"),
                xml(45, "a billion laughs", lol() + one("&l9;")).refused("DOCTYPE"),
                xml(
                                45,
                                "quadratic blow-up",
                                "<!DOCTYPE r [<!ENTITY a \""
                                        + "a".repeat(50_000)
                                        + "\">]>"
                                        + one("&a;".repeat(10_000)))
                        .refused("DOCTYPE"),
                xml(
                                46,
                                "inclusions, schemas and style sheets",
                                "<?xml-stylesheet href=\"http://x/y\"?>"
                                        + "<r xmlns:s=\"http://www.w3.org/2001/XMLSchema-instance\""
                                        + " s:schemaLocation=\"urn:a http://x/y\"><i:include"
                                        + " xmlns:i=\"http://www.w3.org/2001/XInclude\""
                                        + " href=\"/etc/passwd\"/>"
                                        + "<p><id>1</id><c>a</c></p></r>")
                        .gives("element 1:1{hs_city=a}"),
                xml(47, "a wrong end in record 500 of 1000", thousand())
                        .gives("499 and element 500!BROKEN_STRUCTURE", "Line 501, column"),
                BadInput.of(
                                48,
                                "said to be UTF-8, and is not",
                                "f.xml",
                                ("<?xml version='1.0' encoding='UTF-8'?>" + one("é"))
                                        .getBytes(ISO_8859_1))
                        .by(XML)
                        .gives("element 1!WRONG_ENCODING", "byte "),
                BadInput.of(
                                48,
                                "said to be UTF-16, and is not",
                                "f.xml",
                                "<?xml version='1.0' encoding='UTF-16'?>" + one("é"))
                        .by(XML)
                        .refused("WRONG_ENCODING", "declares the encoding UTF-16"),
                xml(48, "nothing said", one("é")).gives("element 1:1{hs_city=é}"),
                BadInput.of(48, "UTF-16", "f.xml", ("\uFEFF" + one("é")).getBytes(UTF_16LE))
                        .by(XML)
                        .gives("element 1:1{hs_city=é}"),
                xml(49, "a default namespace", one("a").replace("<r>", "<r xmlns='urn:a'>"))
                        .gives("element 1:1{hs_city=a}"),
                xml(
                                49,
                                "a prefix",
                                "<x:r xmlns:x='urn:a'><x:p><x:id>1</x:id><x:c>a</x:c></x:p></x:r>")
                        .gives("element 1:1{hs_city=a}"),
                xml(
                                49,
                                "fields in another namespace",
                                "<r xmlns:b='urn:b'><p><b:id>1</b:id><b:c>a</b:c></p><p/></r>")
                        .gives("element 1!MISSING_ID element 2!MISSING_ID"),
                xml(43, "an element twice, with a table that keeps others", one("a</c><c>b"))
                        .by(XML.replace("hs_city: c", "hs_city: " + KEEPS.formatted("c")))
                        .gives("element 1!SEVERAL_VALUES"),
                xml(49, "the wrong namespace", one("a").replace("<r>", "<r xmlns='urn:b'>"))
                        .by(IN_SPACE)
                        .gives("element 1!WRONG_SHAPE", "in another namespace: urn:b"),
                xml(
                                50,
                                "CDATA, comments, entities, inner elements",
                                one("a<![CDATA[<b>]]><!-- x -->&amp;<i>&#xE9;</i>"))
                        .gives("element 1:1{hs_city=a<b>&é}"),
                BadInput.of(
                                51,
                                "a text of 100 MB",
                                "f.xml",
                                BadInput.repeated("<r><p><c>", "x", 100_000_000, "</c></p></r>"))
                        .by(XML)
                        .gives("element 1!TOO_LONG"),
                BadInput.of(
                                51,
                                "10,000 attributes",
                                "f.xml",
                                file ->
                                        java.nio.file.Files.writeString(
                                                file,
                                                IntStream.range(0, 10_000)
                                                        .mapToObj(i -> " a" + i + "=''")
                                                        .collect(
                                                                Collectors.joining(
                                                                        "", "<r><p", "/></r>"))))
                        .by(XML)
                        .gives("element 1!TOO_LONG"),
                BadInput.of(
                                51,
                                "100,000 elements in each other",
                                "f.xml",
                                BadInput.repeated("<r>", "<a>", 100_000, ""))
                        .by(XML)
                        .gives("element 1!TOO_DEEP"));
    }
}
