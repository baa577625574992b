package io.yuntai.quota;

import java.util.regex.Pattern;

/**
 * What quota is counted in: a base unit, and for kinds that exist in classes or models which one.
 *
 * <p>Written {@code cpuMillis}, {@code storageBytes/ssd}, {@code gpus/a10}. A new resource is data:
 * any code of this shape is one.
 *
 * @param code the base unit, then optionally a slash and the class
 */
public record Resource(String code) implements Comparable<Resource> {

    private static final Pattern SHAPE =
            Pattern.compile("[a-z][A-Za-z0-9]{0,31}(/[a-z0-9][a-z0-9.-]{0,31})?");

    /** Processor time in thousandths of a vCPU. */
    public static final Resource CPU = new Resource("cpuMillis");

    /** Memory in bytes. */
    public static final Resource MEMORY = new Resource("memoryBytes");

    /** Cloud hosts, counted. */
    public static final Resource HOSTS = new Resource("hosts");

    /** Addresses that can be reached from outside, counted. */
    public static final Resource PUBLIC_IPS = new Resource("publicIps");

    public Resource {
        if (!SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a resource code: " + code);
        }
    }

    /** Storage in bytes of one storage class. */
    public static Resource storage(String storageClass) {
        return new Resource("storageBytes/" + storageClass);
    }

    /** The base unit, without the class: {@code storageBytes} of {@code storageBytes/ssd}. */
    public String base() {
        int slash = code.indexOf('/');
        return slash < 0 ? code : code.substring(0, slash);
    }

    /** The class or model, or an empty text. */
    public String variant() {
        int slash = code.indexOf('/');
        return slash < 0 ? "" : code.substring(slash + 1);
    }

    @Override
    public int compareTo(Resource other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
