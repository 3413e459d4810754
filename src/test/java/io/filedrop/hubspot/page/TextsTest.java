package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page speaks each language whole: a text that is missing would be shown in English. */
class TextsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");

    @Test
    void areAllThereInSpanish() throws IOException {
        Properties spanish = new Properties();
        try (Reader reader =
                Files.newBufferedReader(Path.of("src/main/resources/messages/msg_es.properties"))) {
            spanish.load(reader);
        }
        List<String> english = Stream.of(Texts.class.getMethods()).map(Method::getName).toList();
        assertThat(spanish.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(english);
        assertThat(spanish.values()).allSatisfy(text -> assertThat((String) text).isNotBlank());
    }

    @Test
    void haveNoWordOfATemplateBesideThem() throws IOException {
        // What is left of a template without its tags and expressions.
        Pattern text = Pattern.compile(">([^<>]*)<");
        TreeSet<String> words = new TreeSet<>();
        try (Stream<Path> all = Files.walk(TEMPLATES)) {
            for (Path template : all.filter(Files::isRegularFile).toList()) {
                Matcher between = text.matcher(withoutExpressions(Files.readString(template)));
                while (between.find()) {
                    Stream.of(between.group(1).split("[^\\p{L}]+"))
                            .filter(word -> word.length() > 1)
                            .forEach(words::add);
                }
            }
        }
        assertThat(words).containsExactlyInAnyOrder("English", "Español");
    }

    private static String withoutExpressions(String template) {
        return template.replaceAll("\\{[^{}]*\\}", "");
    }
}
