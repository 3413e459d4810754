package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.aalto.impl.IoStreamException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A disk that fails while a workbook is read says nothing of the workbook. */
class XlsxDiskTest {

    private static final Format XLSX = new XlsxFormat(Limits.DEFAULT);

    @TempDir Path folder;

    /** Who interrupts a thread closes the files that it reads: the disk, as far as one can tell. */
    @AfterEach
    void interruptedNoMore() {
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isNoBrokenWorkbook() throws Exception {
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows());
        WorkbookParts.Seen seen = WorkbookParts.require(file, Limits.DEFAULT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> XlsxSheet.open(file, Layout.UNSAID, Limits.DEFAULT, seen))
                .isInstanceOf(IOException.class);
    }

    @Test
    void isNoBrokenSheet() throws Exception {
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows());
        try (Feed feed = new GuardedFeed(XLSX.open(file, Layout.UNSAID))) {
            assertThat(feed.next()).isInstanceOf(Record.Row.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(
                            () -> {
                                Record record;
                                while ((record = feed.next()) != null) {
                                    assertThat(record).isInstanceOf(Record.Row.class);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isToldFromWhatTheWorkbookHolds(Throwable fault, boolean isOfDisk) {
        Thread.currentThread().interrupt();
        if (isOfDisk) {
            assertThatThrownBy(() -> XlsxSheet.throwIfOfDisk(fault))
                    .isInstanceOf(IOException.class);
        } else {
            assertThatCode(() -> XlsxSheet.throwIfOfDisk(fault)).doesNotThrowAnyException();
        }
    }

    static Stream<Object[]> faults() {
        IOException disk = new IOException("Input/output error");
        XMLStreamException text = new XMLStreamException("no text");
        return Stream.of(
                new Object[] {disk, true},
                new Object[] {new UncheckedIOException(disk), true},
                new Object[] {new ExcelReaderException(new IoStreamException(disk)), true},
                new Object[] {new IOException(new IoStreamException(disk)), true},
                new Object[] {new NoSuchFileException("f.xlsx"), true},
                new Object[] {new ExcelReaderException(new ClosedByInterruptException()), true},
                new Object[] {text, false},
                new Object[] {new IOException(text), false},
                new Object[] {new IOException(new ZipException("bad")), false},
                new Object[] {new IOException(new IOException(new ZipException("bad"))), false},
                new Object[] {new IOException(new UncheckedIOException(disk)), true},
                new Object[] {new IOException(new NoSuchFileException("f.xlsx")), true},
                new Object[] {new ExcelReaderException(text), false},
                new Object[] {new ZipException("bad"), false},
                new Object[] {new UncheckedIOException(new EOFException()), false},
                new Object[] {new IoStreamException(new CharConversionException()), false},
                new Object[] {new NumberFormatException("x"), false});
    }

    /** Too many, and of too many letters, to be read ahead. */
    private static String rows() {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder();
        for (int row = 2; row < 20_000; row++) {
            rows.append(
                    WorkbookXml.row(row, WorkbookXml.text(Long.toString(random.nextLong(), 36))));
        }
        return rows.toString();
    }
}
