package io.yuntai.onboarding;

import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that people shall be told. Published inside the transaction of the deed, so that nobody
 * is told of what did not happen, and nothing that happened is kept from anybody. Whoever is told
 * twice with the same key is told once.
 *
 * @param at when
 * @param to who; whoever of them did it himself is told as well
 * @param kind decides the words, which stand in the message files
 * @param parameters what the words need, in their order; at most 10, none longer than 300
 *     characters
 * @param link the page of the console that it is about; begins with a slash
 * @param key what makes it one and the same for a recipient; 1 to 200 characters
 */
public record Notice(
        Instant at, To to, Kind kind, List<String> parameters, String link, String key) {

    private static final int MOST_PARAMETERS = 10;
    private static final int LONGEST = 300;

    /** Whom a notice is for; found out when it is told, not when it is read. */
    public sealed interface To {

        /** One person. */
        record Person(PersonId person) implements To {}

        /**
         * Everybody who has a role or is allowed something.
         *
         * @param code a role's or a permission's
         * @param unit only those of this unit; empty: of any, and of none
         */
        record Holders(String code, Optional<UnitId> unit) implements To {}

        /**
         * Everybody who may act in a part of the workflow.
         *
         * @param unit only those of this unit; empty: of any, and of none
         */
        record Takers(Workflow.Part part, Optional<UnitId> unit) implements To {}
    }

    /** What notices there are. */
    public enum Kind {
        /** An application waits for the recipient. Parameters: what it is for, its unit. */
        APPLICATION_WAITING,
        /** It has waited for a working day. As before. */
        APPLICATION_REMINDER,
        /** Whoever it waits for has not acted. As before, then how many working days. */
        APPLICATION_ESCALATED,
        /** The recipient's application was decided on. As before. */
        APPLICATION_APPROVED,
        APPLICATION_RETURNED,
        APPLICATION_REJECTED,
        /** What was ordered is there. As before. */
        APPLICATION_DELIVERED,
        /** Some of it does not come up. As before. */
        APPLICATION_PARTIAL,
        /**
         * Nobody has taken as it is what came in part. As before, then the day on which that is
         * deemed done.
         */
        PARTIAL_UNCONFIRMED,
        /** It was withdrawn, and waits for nobody any more. As before. */
        APPLICATION_WITHDRAWN,
        /** Nobody decided in time, and what it had locked was given back. As before. */
        APPLICATION_EXPIRED,
        /** Nobody has confirmed it. As before, then the day on which it is deemed confirmed. */
        DELIVERY_UNCONFIRMED,
        /** It was deemed confirmed. As before. */
        DELIVERY_DEEMED,
        /**
         * Somebody has the recipient act for him. Parameters: who, the first and the last day, why.
         */
        DELEGATION_RECEIVED,
        /**
         * A version of the rules waits for its second person. Parameters: number, by whom, basis.
         */
        RULE_PROPOSED,
        /** What has passed by rule was drawn for an audit. Parameters: number, unit. */
        SAMPLE_DRAWN,
        /** An audit has failed: its unit goes to people. Parameters: unit, number, why. */
        UNIT_SUSPENDED,
        /** That was lifted. As before. */
        SUSPENSION_LIFTED,
        /** An exemption waits for a decision. Parameters: host, by whom, last day, why. */
        EXEMPTION_APPLIED,
        /** It was allowed. As before. */
        EXEMPTION_APPROVED,
        /** It was refused. As before. */
        EXEMPTION_REJECTED,
        /** It ends soon. As before. */
        EXEMPTION_ENDING,
        /** Hosts of the recipient's unit are to be reclaimed. Parameters: number, unit, hosts. */
        RECLAIM_NOTICED,
        /** He has not answered for 48 hours. As before. */
        RECLAIM_REMINDER,
        /** The unit's owner has not answered in time. As before. */
        RECLAIM_ESCALATED,
        /** An order to reclaim waits for the recipient. As before. */
        RECLAIM_WAITING,
        /** An appeal was decided about. As before. */
        RECLAIM_DECIDED,
        /** The order is at its end. As before. */
        RECLAIM_ENDED,
        /**
         * Hosts come to their end. Parameters: their system, how many, the day, in how many days.
         */
        HOST_EXPIRING,
        /** They have, and are stopped. As before; the day is when they are taken away. */
        HOST_ENDED,
        /** A year's calendar is missing. Parameters: the year. */
        CALENDAR_DUE
    }

    private static final int SHOWN = 100;

    /** As much of a text as a parameter should have of it. */
    public static String shown(String text) {
        return PlainText.length(text) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }

    public Notice {
        parameters = List.copyOf(parameters);
        if (parameters.size() > MOST_PARAMETERS
                || parameters.stream().anyMatch(one -> PlainText.length(one) > LONGEST)) {
            throw new IllegalArgumentException("parameters of a notice: " + parameters);
        }
        PlainText.require(link, 1, LONGEST);
        PlainText.require(key, 1, 200);
        if (!link.startsWith("/") || link.startsWith("//")) {
            throw new IllegalArgumentException("no page of the console: " + link);
        }
    }
}
