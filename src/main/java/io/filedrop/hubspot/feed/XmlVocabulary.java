package io.filedrop.hubspot.feed;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The different names of one XML file. The parser keeps each in memory up to the end of the file,
 * and has no limit of its own for how many they are.
 */
final class XmlVocabulary {

    private final Set<String> names = new HashSet<>();
    private final int most;

    XmlVocabulary(int most) {
        this.most = most;
    }

    /**
     * Takes the names in, of what the reader stands at.
     *
     * @throws XMLStreamException when they are too many
     */
    void take(XMLStreamReader reader) throws XMLStreamException {
        if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
            names.add(reader.getLocalName());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                names.add(reader.getAttributeLocalName(i));
            }
            for (int i = 0; i < reader.getNamespaceCount(); i++) {
                names.add(reader.getNamespacePrefix(i));
            }
        } else if (reader.getEventType() == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            names.add(reader.getPITarget());
        }
        if (names.size() > most) {
            throw new XMLStreamException("more different names than the limit (" + most + ")");
        }
    }
}
