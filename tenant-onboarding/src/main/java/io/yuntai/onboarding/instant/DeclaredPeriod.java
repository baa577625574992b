package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.application.Application.Participant;
import java.time.Instant;
import java.util.Optional;

/** A protection period with who declared it, and that it was ended before its time, if it was. */
public record DeclaredPeriod(ProtectionPeriod period, Participant declaredBy, Optional<End> ended) {

    /** That it is over from a moment on, whatever was declared. */
    public record End(Instant at, Participant by, String reason) {}

    /** Where it stands. */
    public enum Standing {
        AHEAD,
        ON,
        /** Its time is over, or it was ended. */
        OVER
    }

    /** Where it stands at a moment. */
    public Standing at(Instant moment) {
        boolean isEnded = ended.filter(end -> !moment.isBefore(end.at())).isPresent();
        if (isEnded || !moment.isBefore(period.until())) {
            return Standing.OVER;
        }
        return moment.isBefore(period.from()) ? Standing.AHEAD : Standing.ON;
    }
}
