package io.yuntai.billing.prometheus;

/** It does not answer, or not with all that it was asked for; the hours are read again later. */
public final class PrometheusUnavailable extends RuntimeException {

    PrometheusUnavailable(String why) {
        super(why);
    }

    PrometheusUnavailable(String why, Throwable cause) {
        super(why, cause);
    }
}
