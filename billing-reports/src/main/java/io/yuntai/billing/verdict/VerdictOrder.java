package io.yuntai.billing.verdict;

/**
 * In which order hosts of a day are listed; those that it does not tell apart by name. What was not
 * measured comes last, whichever way.
 */
public record VerdictOrder(By by, boolean descending) {

    public static final VerdictOrder BY_NAME = new VerdictOrder(By.NAME, false);

    /** Processors, memory and disk by their mean. */
    public enum By {
        NAME("host_name"),
        VCPU("vcpu"),
        CPU("cpu_mean"),
        MEMORY("memory_mean"),
        DISK("disk_mean"),
        COVERAGE("coverage");

        private final String column;

        By(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }
}
