package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.quota.Amounts;
import java.util.regex.Pattern;

/**
 * What admission said when a lease was too small, as a controller notes it in an event: {@code
 * exceeded quota: yuntai, requested: requests.cpu=2, used: requests.cpu=9, limited:
 * requests.cpu=10}. Whoever makes a pod by himself is told the same, but leaves no event.
 */
final class Refusal {

    /** Of events of the reasons that KubeVirt's and Kubernetes' controllers use for it. */
    static final String REASON = "FailedCreate";

    private static final Pattern REQUESTED =
            Pattern.compile(
                    "exceeded quota: "
                            + Pattern.quote(Labels.LEASE_NAME)
                            + ", requested: (?<requested>[^ ]{1,2000}), used: ");

    private Refusal() {}

    /** What was asked for; nothing when the event is about something else or cannot be read. */
    static Amounts demand(ResourceNames names, Event event) {
        String message = event.getMessage();
        return REASON.equals(event.getReason()) && message != null
                ? demand(names, message)
                : Amounts.NONE;
    }

    static Amounts demand(ResourceNames names, String message) {
        var matcher = REQUESTED.matcher(message);
        var demand = Amounts.NONE;
        if (matcher.find()) {
            for (var part : matcher.group("requested").split(",", -1)) {
                demand = demand.plus(amount(names, part));
            }
        }
        return demand;
    }

    private static Amounts amount(ResourceNames names, String part) {
        int equals = part.lastIndexOf('=');
        if (equals < 1) {
            return Amounts.NONE;
        }
        try {
            var quantity = new Quantity(part.substring(equals + 1));
            return names.resource(part.substring(0, equals))
                    .map(resource ->
                            Amounts.of(resource, ResourceNames.inBaseUnits(resource, quantity)))
                    .orElse(Amounts.NONE);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Whoever may write events may write anything: what cannot be read asks for nothing.
            return Amounts.NONE;
        }
    }
}
