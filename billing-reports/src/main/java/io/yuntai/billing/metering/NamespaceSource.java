package io.yuntai.billing.metering;

import java.util.List;
import java.util.function.Consumer;

/** Where measured use of namespaces comes from: the kubelets of a cluster. */
@FunctionalInterface
public non-sealed interface NamespaceSource extends MeterSource {

    /**
     * Reads the hours of these namespaces. An hour in which nothing was measured is left out; it is
     * never reported as zero.
     *
     * @param into takes each hour once; hours outside a namespace's {@code during} are refused
     */
    void read(List<MeteredNamespace> namespaces, Consumer<NamespaceHour> into);
}
