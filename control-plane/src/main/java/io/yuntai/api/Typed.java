package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts of one line that people type: they must be there, and be fit to be kept and read. */
final class Typed {

    private Typed() {}

    /**
     * The text without spaces at its ends.
     *
     * @param most characters, as a reader counts them
     * @throws Refused INVALID {@code REQUIRED}, {@code TOO_LONG}, {@code NOT_READABLE}
     */
    static String line(Optional<String> typed, String pointer, int most) {
        var faults = new ArrayList<Fault>();
        String text = line(typed, pointer, most, faults);
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return text;
    }

    /** As the other, and notes what is wrong. */
    static String line(Optional<String> typed, String pointer, int most, List<Fault> faults) {
        String text = typed.orElse("").strip();
        if (text.isEmpty()) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        } else if (PlainText.length(text) > most) {
            faults.add(Fault.at(pointer, "TOO_LONG", most));
        } else if (PlainText.firstForbidden(text).isPresent()) {
            faults.add(Fault.at(pointer, "NOT_READABLE"));
        }
        return text;
    }
}
