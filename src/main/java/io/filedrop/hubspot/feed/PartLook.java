package io.filedrop.hubspot.feed;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLInputFactory;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Looks at one part of a workbook as its bytes pass, before the workbook's reader does. The parser
 * is of the same family as the reader's, but waits for nobody and keeps no more than one tag, so
 * that what passes here costs the reader little. It stops where the reader would: at the end of the
 * rows, or at the first fault.
 */
final class PartLook extends OutputStream {

    /** The declaration stands within so many bytes, and reaches the parser in one piece. */
    private static final int HEAD = 1024;

    /** Of the reader's own properties. Never closed, so that the names of no file stay in it. */
    private static final AsyncXMLInputFactory FACTORY = factory();

    private final AsyncXMLStreamReader<AsyncByteArrayFeeder> xml =
            FACTORY.createAsyncForByteArray();
    private final String name;
    private final WorkbookFacts facts;
    private final Limits limits;
    private final SheetLook sheet;
    private final byte[] head = new byte[HEAD];
    private final NamesOfPart names;
    private int headLength;
    private long fed;
    private long lastEvent;
    private long lastPlace;
    private int depth;
    private long texts;
    private boolean hasRoot;
    private boolean hasPlace;
    private boolean isInText;
    private boolean isOver;
    private boolean hasDoctype;
    private String fault;
    private Reason refusal;

    /**
     * @param name of the part
     * @param facts where it is kept what the part says of others
     */
    PartLook(String name, WorkbookFacts facts, Limits limits) {
        this.name = name;
        this.facts = facts;
        this.limits = limits;
        this.names = new NamesOfPart(shown(), limits);
        this.sheet = new SheetLook(Words.name(Words.excerpt(name)), limits);
    }

    private static AsyncXMLInputFactory factory() {
        AsyncXMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        return factory;
    }

    String name() {
        return name;
    }

    /** What is known of it as a sheet. */
    SheetLook sheet() {
        return sheet;
    }

    /** How many shared texts it holds, as their reader counts them. */
    long texts() {
        return texts;
    }

    boolean hasDoctype() {
        return hasDoctype;
    }

    /** Why nobody may read it, or null. */
    Reason refusal() {
        return refusal;
    }

    /** Why nobody can read it to its end, or null. */
    String fault() {
        return fault;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int at, int length) {
        int ofHead = Math.min(head.length - headLength, length);
        if (ofHead > 0) {
            System.arraycopy(bytes, at, head, headLength, ofHead);
            headLength += ofHead;
            if (headLength < head.length) {
                return;
            }
            begin();
        }
        feed(bytes, at + ofHead, length - ofHead);
    }

    /** To be called when all of it has passed. */
    @Override
    public void close() {
        if (headLength < head.length) {
            begin();
        }
        if (sheet.isOpen() && fault == null) {
            broken("the part ends within the rows");
        }
    }

    /** Of all encodings, these parsers agree on UTF-8 only. */
    private void begin() {
        int mark = TextEncoding.startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        byte first = head[mark];
        boolean isText = first == '<' && head[mark + 1] != 0;
        if (isText || first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            feed(head, mark, headLength - mark);
        } else {
            refuse(notInUtf8());
        }
    }

    private void feed(byte[] bytes, int at, int length) {
        if (isOver) {
            return;
        }
        fed += length;
        try {
            xml.getInputFeeder().feedInput(bytes, at, length);
            int type = xml.next();
            while (!isOver && type != AsyncXMLStreamReader.EVENT_INCOMPLETE) {
                lastEvent = fed;
                take(type);
                type = isOver ? type : xml.next();
            }
            if (!isOver && fed - lastEvent > limits.record()) {
                throw new RefusedFile(
                        Reason.of(
                                Code.TOO_LONG,
                                shown()
                                        + " has a tag or a comment of more than "
                                        + Words.count(limits.record())
                                        + " bytes."));
            }
            if (!isOver && hasPlace && fed - lastPlace > limits.record()) {
                throw WorkbookParts.tooLarge(
                        "one of its rows has more than " + Words.count(limits.record()) + " bytes");
            }
        } catch (RefusedFile e) {
            refuse(e.reason());
        } catch (XMLStreamException | RuntimeException e) {
            // Whatever it is, nothing behind it was looked at.
            broken(String.valueOf(e.getMessage()));
        }
    }

    private void take(int type) throws XMLStreamException, RefusedFile {
        switch (type) {
            case XMLStreamConstants.START_ELEMENT -> opened();
            case XMLStreamConstants.END_ELEMENT -> closed();
            case XMLStreamConstants.CHARACTERS,
                    XMLStreamConstants.CDATA,
                    XMLStreamConstants.SPACE ->
                    // The length is asked for everywhere: a text nobody looks at has one event
                    // only.
                    sheet.text(xml, xml.getTextLength());
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> names.add(xml.getPITarget());
            case XMLStreamConstants.DTD -> throw new RefusedFile(doctype());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("it names an entity that is not declared");
            default -> {
                // The beginning, or a comment.
            }
        }
    }

    private void opened() throws RefusedFile {
        hasRoot = true;
        if (++depth > limits.nesting()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.TOO_DEEP,
                            shown()
                                    + " has more than "
                                    + limits.nesting()
                                    + " elements within each other."));
        }
        names.add(xml);
        String element = xml.getLocalName();
        switch (element) {
            case "sheetData", "row" -> place();
            case "si" -> {
                place();
                isInText = true;
            }
            case "Override" -> facts.type(name, attribute("ContentType"), attribute("PartName"));
            case "Relationship" ->
                    facts.relation(name, attribute("Type"), attribute("Id"), attribute("Target"));
            case "workbookPr" -> facts.date1904(attribute("date1904"));
            default -> {
                // Nothing that concerns the workbook.
            }
        }
        sheet.opened(element, xml);
    }

    private void place() {
        hasPlace = true;
        lastPlace = fed;
    }

    private void closed() throws RefusedFile {
        depth--;
        String element = xml.getLocalName();
        if (isInText && element.equals("si")) {
            isInText = false;
            texts++;
        }
        sheet.closed(element);
        isOver |= sheet.isClosed();
    }

    private String attribute(String key) {
        return xml.getAttributeValue(null, key);
    }

    private Reason doctype() {
        hasDoctype = true;
        return Reason.of(Code.DOCTYPE, shown() + " declares a document type.");
    }

    private Reason notInUtf8() {
        return Reason.of(
                Code.BROKEN_STRUCTURE,
                shown() + " is not written in UTF-8; save the workbook in Excel.");
    }

    private String shown() {
        return "The part " + Words.name(Words.excerpt(name)) + " of the workbook";
    }

    private void broken(String what) {
        isOver = true;
        if (hasRoot) {
            fault = what;
        } else if (isInHead("<!D")) {
            // The parser knows no declaration that names no other file.
            refuse(doctype());
        } else if (isInHead("<?xml")) {
            refuse(notInUtf8());
        } else {
            fault = what;
        }
    }

    private boolean isInHead(String what) {
        return new String(head, 0, headLength, StandardCharsets.ISO_8859_1).contains(what);
    }

    private void refuse(Reason reason) {
        isOver = true;
        refusal = reason;
    }
}
