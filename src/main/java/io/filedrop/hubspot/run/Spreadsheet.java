package io.filedrop.hubspot.run;

/**
 * Cells for people who open a reasons file in a spreadsheet, which computes what looks like a
 * formula (OWASP, CSV injection). Outcome files that are dropped again are never changed.
 */
final class Spreadsheet {

    private Spreadsheet() {}

    /**
     * The text, with a quote in front when a spreadsheet would take it for a formula, or when it
     * begins with a quote itself. So one leading quote is always ours, and taking it away gives the
     * text back. Plain negative numbers stay: they compute to themselves.
     */
    static String harmless(String cell) {
        if (cell.isEmpty()) {
            return cell;
        }
        return switch (cell.charAt(0)) {
            case '=', '+', '@', '\t', '\r', '\n', '\'' -> "'" + cell;
            case '-' -> isNumber(cell) ? cell : "'" + cell;
            default -> cell;
        };
    }

    private static boolean isNumber(String cell) {
        boolean digit = false;
        boolean point = false;
        for (int i = 1; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                digit = true;
            } else {
                return false;
            }
        }
        return digit;
    }
}
