package io.filedrop.hubspot.run;

/**
 * Where a record stands in its update file.
 *
 * @param ordinal the record's number in file order, counted from 0, unreadable regions included
 * @param place what a person looks for in the file: the physical line in a text file, counted from
 *     1, or a sheet and row, or an element number
 */
public record Position(long ordinal, String place) {}
