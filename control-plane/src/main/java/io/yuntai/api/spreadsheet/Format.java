package io.yuntai.api.spreadsheet;

/** What files the register is written in. */
public enum Format {
    /** A workbook with a sheet a table. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    /** A zip of CSV files, one a table. */
    CSV("application/zip", "zip");

    private final String mediaType;
    private final String extension;

    Format(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of file names, without the dot. */
    public String extension() {
        return extension;
    }
}
