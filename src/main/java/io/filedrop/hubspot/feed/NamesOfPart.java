package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.HashSet;
import java.util.Set;
import org.codehaus.stax2.XMLStreamReader2;

/** The names in a part of a workbook, of which its reader keeps every one that it has seen. */
final class NamesOfPart {

    private final Set<String> names = new HashSet<>();
    private final String shown;
    private final Limits limits;

    /**
     * @param shown how reasons begin that name the part
     */
    NamesOfPart(String shown, Limits limits) {
        this.shown = shown;
        this.limits = limits;
    }

    /** Those of an element, its attributes and its namespaces. */
    void add(XMLStreamReader2 xml) throws RefusedFile {
        add(xml.getPrefixedName());
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            add(xml.getAttributeLocalName(i));
            add(xml.getAttributePrefix(i));
        }
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            add(xml.getNamespacePrefix(i));
        }
    }

    void add(String name) throws RefusedFile {
        if (names.add(name) && names.size() > limits.names()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.TOO_LONG,
                            shown
                                    + " has more than "
                                    + Words.count(limits.names())
                                    + " different names of elements and attributes."));
        }
    }
}
