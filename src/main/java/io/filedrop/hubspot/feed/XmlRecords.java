package io.filedrop.hubspot.feed;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxLazyException;
import com.ctc.wstx.stax.WstxInputFactory;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * The record elements of an XML file, one by one, with their exact places. Where the structure
 * breaks, the rest of the file is one region. Nothing outside the file is ever opened.
 */
final class XmlRecords implements Closeable {

    private static final XMLInputFactory FACTORY = new WstxInputFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        FACTORY.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        FACTORY.setProperty(XMLInputFactory.IS_COALESCING, false);
        FACTORY.setXMLResolver(
                (publicId, systemId, base, namespace) -> {
                    throw new XMLStreamException("nothing outside the file is read");
                });
    }

    private final TextEncoding encoding;
    private final DecodedText text;
    private final XMLStreamReader2 reader;
    private final XmlNames names;
    private final XmlVocabulary vocabulary;
    private final FieldTree tree;
    private final int columns;
    private final Limits limits;
    private final List<String[]> way = new ArrayList<>();
    private final String rootUri;
    private boolean atRoot = true;
    private boolean ended;
    private long before;
    private long count;
    private String almost;

    /**
     * A record, or the rest of the file.
     *
     * @param before behind the record before it, in bytes
     * @param start its first byte
     * @param end behind its last one
     */
    record Found(
            long before, long start, long end, String[] values, Reason reason, boolean isRest) {}

    /** Goes to the root element. */
    XmlRecords(
            Path file,
            TextEncoding encoding,
            Layout layout,
            FieldTree tree,
            int columns,
            Limits limits)
            throws IOException, RefusedFile {
        this.encoding = encoding;
        this.names = XmlNames.of(layout);
        this.vocabulary = new XmlVocabulary(limits.names());
        this.tree = tree;
        this.columns = columns;
        this.limits = limits;
        this.text = new DecodedText(file, encoding, limits.record());
        this.before = encoding.mark();
        boolean begun = false;
        try {
            this.reader = (XMLStreamReader2) FACTORY.createXMLStreamReader(text);
            limit(reader);
            toRoot(layout.option("doctype").orElse("").equals("ignore"));
            begun = true;
        } catch (XMLStreamException e) {
            throw new RefusedFile(broken(e));
        } finally {
            if (!begun) {
                text.close();
            }
        }
        this.rootUri = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        if (!names.canBegin(rootUri, reader.getLocalName())) {
            String found = Words.name(Words.excerpt(reader.getLocalName()));
            close();
            throw new RefusedFile(
                    Reason.of(
                            Code.WRONG_SHAPE,
                            "The root element is "
                                    + found
                                    + (rootUri.isEmpty() ? "" : " in " + Words.excerpt(rootUri))
                                    + ", but the mapping expects "
                                    + layout.option("record").orElse("")
                                    + "."));
        }
    }

    private void limit(XMLStreamReader2 of) {
        of.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.nesting());
        of.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.columns());
        of.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.field());
    }

    private void toRoot(boolean ignoreDoctype) throws XMLStreamException, RefusedFile {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            text.allow();
            vocabulary.take(reader);
            if (reader.getEventType() == XMLStreamConstants.DTD) {
                String inner = reader.getDTDInfo().getDTDInternalSubset();
                boolean plain = inner == null || inner.isBlank();
                if (!ignoreDoctype || !plain) {
                    throw new RefusedFile(
                            Reason.of(
                                    Code.DOCTYPE,
                                    at(reader.getLocation())
                                            + ": the file has a document type declaration"
                                            + (plain
                                                    ? "; a mapping may say doctype: ignore."
                                                    : " with declarations of its own; leave it"
                                                            + " out.")));
                }
            }
        }
    }

    /** Behind the last record that was found. */
    long offset() {
        return before;
    }

    long bytesRead() {
        return text.bytesRead();
    }

    /** The next record, or null when there is none. */
    Found next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            while (atRoot || reader.hasNext()) {
                int event = atRoot ? XMLStreamConstants.START_ELEMENT : reader.next();
                atRoot = false;
                text.allow();
                vocabulary.take(reader);
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String uri = reader.getNamespaceURI();
                    way.add(new String[] {uri == null ? "" : uri, reader.getLocalName()});
                    if (names.isRecord(way, rootUri)) {
                        Found found = record();
                        way.remove(way.size() - 1);
                        return found;
                    }
                    if (almost == null && names.almost(reader.getLocalName())) {
                        almost = uri == null ? "" : uri;
                    }
                    text.forgetBefore(reader.getLocationInfo().getStartingCharOffset());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    way.remove(way.size() - 1);
                }
            }
        } catch (XMLStreamException e) {
            return rest(broken(e));
        } catch (WstxLazyException e) {
            // Text is only looked at when it is asked for, and then by a method that cannot say so.
            return rest(broken((XMLStreamException) e.getCause()));
        }
        ended = true;
        if (count == 0 && almost != null) {
            return rest(
                    Reason.of(
                            Code.WRONG_SHAPE,
                            "No element is a record as the mapping says; one of that name stands"
                                    + " elsewhere, or in another namespace"
                                    + (almost.isEmpty()
                                            ? "."
                                            : ": " + Words.excerpt(almost) + ".")));
        }
        return null;
    }

    private Found rest(Reason reason) {
        ended = true;
        return new Found(before, before, Long.MAX_VALUE, null, reason, true);
    }

    private Found record() throws IOException, XMLStreamException {
        long first = reader.getLocationInfo().getStartingCharOffset();
        // Wrong bytes between two records are in neither.
        text.forgetBefore(first);
        Location location = reader.getLocationInfo().getStartLocation();
        XmlRow row = new XmlRow(tree, columns, rootUri, limits);
        row.read(reader, text, vocabulary);
        long last = reader.getLocationInfo().getEndingCharOffset();
        long start = text.offsetOf(first);
        long end = text.offsetOf(last);
        count++;
        Reason reason = null;
        if (text.isWrongBefore(last)) {
            reason =
                    Reason.of(
                            Code.WRONG_ENCODING,
                            at(location)
                                    + ", byte "
                                    + text.offsetOf(text.firstWrong())
                                    + ": these bytes are not "
                                    + encoding.charset()
                                    + ", which the file is said to be in.");
        } else if (row.fault() != null) {
            XmlRow.Fault fault = row.fault();
            reason =
                    Reason.of(
                            fault.code(),
                            fault.way(),
                            "",
                            "Line "
                                    + fault.line()
                                    + ", column "
                                    + fault.column()
                                    + (fault.way().isEmpty() ? "" : " (" + fault.way() + ")")
                                    + ": "
                                    + fault.what()
                                    + ".");
        } else if (end - start > limits.record()) {
            reason =
                    Reason.of(
                            Code.TOO_LONG,
                            at(location)
                                    + ": the record is longer than "
                                    + Words.count(limits.record())
                                    + " bytes.");
        }
        text.forgetBefore(last);
        Found found = new Found(before, start, end, row.values(), reason, false);
        before = end;
        return found;
    }

    private Reason broken(XMLStreamException fault) throws IOException {
        if (fault.getNestedException() instanceof DecodedText.TooLong tooLong) {
            return Reason.of(
                    Code.TOO_LONG,
                    "Behind byte "
                            + before
                            + ": an element, a comment or what stands between two is longer than"
                            + " the limit ("
                            + tooLong.getMessage()
                            + ").");
        }
        if (fault.getNestedException() instanceof IOException disk) {
            throw disk;
        }
        String message = fault.getMessage().lines().findFirst().orElse("");
        Code code =
                message.contains("Depth limit")
                        ? Code.TOO_DEEP
                        : message.contains("limit (") ? Code.TOO_LONG : Code.BROKEN_STRUCTURE;
        String where =
                fault.getLocation() == null
                        ? "Behind byte "
                        : at(fault.getLocation()) + ", behind byte ";
        return Reason.of(
                code,
                where
                        + before
                        + ": this cannot be read as XML ("
                        + Words.name(Words.excerpt(message))
                        + ").");
    }

    private static String at(Location location) {
        return "Line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
