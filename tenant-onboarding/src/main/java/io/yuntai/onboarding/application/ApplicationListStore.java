package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of lists of applications. Each begins at an index that is in the list's order, or at the
 * few that a search finds, and reads on from where the page before has ended, so that neither how
 * many there are nor how far somebody has paged makes it dearer.
 */
@Repository
class ApplicationListStore {

    /** All that a text is found in, and nothing that the planner might begin with instead. */
    private static final String FOUND_ANYWHERE =
            """
             join (
                select application from application_search
                where %s
                offset 0) f on f.application = a.id
            """
                    .formatted(ApplicationSearchStore.MATCHES);

    /** How far it is counted what waits for somebody: each of these is judged by several rows. */
    private static final int MOST_WAITING = 100;

    private final JdbcClient jdbc;
    private final ApplicationSearchStore searches;

    ApplicationListStore(JdbcClient jdbc, ApplicationSearchStore searches) {
        this.jdbc = jdbc;
        this.searches = searches;
    }

    /** Which applications, as conditions and what they compare with. */
    private static final class Asked {

        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> params = new HashMap<>();
        private final Map<Workflow.State, String> ofState = new EnumMap<>(Workflow.State.class);
        private String tables = "application a";
        private boolean often;
        private boolean compared;

        /** How many it is before states are looked at, where that is known. */
        private OptionalLong matching = OptionalLong.empty();

        void add(String condition, String name, Object value) {
            conditions.add(condition);
            params.put(name, value);
        }

        /**
         * Looks at the text of each application that the other conditions leave.
         *
         * @param ofUnits whether they are of the unit alone, which stands beside the text
         */
        void compare(PageQuery query, boolean ofUnits) {
            compared = true;
            tables =
                    ofUnits
                            ? "(select application as id, * from application_search) a"
                            : tables + " join application_search f on f.application = a.id";
            add(ApplicationSearchStore.LIKE, "pattern", query.pattern());
        }

        /** The same, from a cursor on. */
        Asked after(String condition, Map<String, Object> keys) {
            var rest = new Asked();
            rest.conditions.addAll(conditions);
            rest.conditions.add(condition);
            rest.params.putAll(params);
            rest.params.putAll(keys);
            rest.ofState.putAll(ofState);
            rest.tables = tables;
            rest.often = often;
            return rest;
        }

        /** Whether nothing but a text is asked for. */
        boolean isOfAll() {
            return conditions.isEmpty() && ofState.isEmpty();
        }

        String where(List<Workflow.State> states) {
            var all = new ArrayList<>(conditions);
            if (!states.isEmpty()) {
                all.add(in(states));
            }
            if (!ofState.isEmpty()) {
                all.add(
                        states.stream()
                                .map(state ->
                                        "a.state = '%s' and (%s)"
                                                .formatted(state, ofState.get(state)))
                                .collect(Collectors.joining(" or ", "(", ")")));
            }
            return all.isEmpty() ? "" : " where " + String.join(" and ", all);
        }
    }

    /**
     * A page in one order.
     *
     * @param sort by {@code submittedAt}, {@code enteredAt} or {@code number}
     */
    Page<Application> page(
            PageQuery query, Sort sort, Optional<UnitId> scope, ApplicationFilter filter) {
        if (filter.waitingFor().isPresent() && filter.states().isEmpty()) {
            return new Page<>(List.of(), Optional.empty(), 0);
        }
        var asked = asked(scope, filter);
        boolean inTexts =
                isText(query) && filter.isOfUnits() && column(sort).equals("submitted_at");
        if (inTexts && asked.isOfAll()) {
            return page(searches.find(query, sort), query, sort, ApplicationSearchStore.MOST_FOUND);
        }
        if (!query.q().isEmpty()) {
            search(asked, query, inTexts);
        }
        long most = filter.waitingFor().isPresent() ? MOST_WAITING : Page.MOST_COUNTED;
        if (asked.compared) {
            return compared(asked, query, sort, filter.states(), most);
        }
        return page(find(asked, query, sort, filter.states(), most), query, sort, most);
    }

    private static Page<Application> page(Found found, PageQuery query, Sort sort, long most) {
        return Page.counted(found.page(), query, found.matching(), most, last -> after(last, sort));
    }

    /**
     * A page of those that each text was looked at of. One pass both counts them and puts them in
     * order, unless they are more than are counted.
     */
    private Page<Application> compared(
            Asked asked, PageQuery query, Sort sort, List<Workflow.State> states, long most) {
        var keys = keys(query, sort);
        var found =
                jdbc.sql(
                                """
                                with matching as materialized (
                                    select a.id, a.%s as at from %s%s limit %d
                                ), answer as materialized (
                                    select (select count(*) from matching) as matching,
                                           array(select id from matching %s order by at %6$s, id %6$s %7$s) as ids
                                )
                                """
                                                .formatted(
                                                        column(sort),
                                                        asked.tables,
                                                        asked.where(states),
                                                        most + 1,
                                                        whereAfter("at, id", keys, sort),
                                                        way(sort),
                                                        query.atMost())
                                        + Found.rows(order(sort)))
                        .params(asked.params)
                        .params(keys)
                        .query(Found.OF);
        return page(
                found.matching() > most ? find(asked, query, sort, states, most) : found,
                query,
                sort,
                most);
    }

    /** Whether a text is searched for, and not a number. */
    private static boolean isText(PageQuery query) {
        return !query.q().isEmpty() && ApplicationNumber.of(query.q()).isEmpty();
    }

    static String way(Sort sort) {
        return sort.descending() ? "desc" : "asc";
    }

    static String order(Sort sort) {
        return "a.%1$s %2$s, a.id %2$s".formatted(column(sort), way(sort));
    }

    private Asked asked(Optional<UnitId> scope, ApplicationFilter filter) {
        var asked = new Asked();
        scope.ifPresent(unit -> asked.add("a.unit = :scope", "scope", unit.value()));
        filter.unit().ifPresent(unit -> asked.add("a.unit = :unit", "unit", unit.value()));
        filter.system()
                .ifPresent(system -> asked.add("a.system = :system", "system", system.value()));
        filter.submittedBy()
                .ifPresent(by ->
                        asked.add("a.submitted_by = :submittedBy", "submittedBy", by.value()));
        filter.waitingFor()
                .ifPresent(hands -> {
                    asked.ofState.putAll(WaitingConditions.of(hands));
                    asked.params.putAll(WaitingConditions.params(hands));
                });
        return asked;
    }

    /** By an application's number, or by a part of what it is found by. */
    private void search(Asked asked, PageQuery query, boolean ofUnits) {
        var number = ApplicationNumber.of(query.q());
        if (number.isPresent()) {
            asked.add("a.number = :number", "number", number.get().number());
            asked.add(
                    "extract(year from a.submitted_at at time zone 'Asia/Shanghai') = :year",
                    "year",
                    number.get().year());
            return;
        }
        if (!asked.isOfAll()) {
            // Of one unit, one system or one person: few enough to look at each.
            asked.compare(query, ofUnits);
            return;
        }
        var found = searches.some(query);
        if (found.size() <= ApplicationSearchStore.OFTEN) {
            asked.matching = OptionalLong.of(found.size());
            asked.add("a.id = any(:found)", "found", found.toArray(UUID[]::new));
        } else {
            often(asked, query);
        }
    }

    /** By a text that is known to be found more than {@link ApplicationSearchStore#OFTEN}. */
    private static void often(Asked asked, PageQuery query) {
        asked.matching = OptionalLong.of(ApplicationSearchStore.OFTEN + 1);
        asked.often = true;
        asked.params.put("q", query.q());
        asked.params.put("pattern", query.pattern());
        asked.tables += FOUND_ANYWHERE;
    }

    /** As a number that stands in a statement, or is worked out in it. */
    private static String count(Asked asked, List<Workflow.State> states, long most) {
        return asked.matching.isPresent() && states.isEmpty()
                ? Long.toString(asked.matching.getAsLong())
                : "(select count(*) from (select from "
                        + asked.tables
                        + asked.where(states)
                        + " limit %d) as matching)".formatted(most + 1);
    }

    /**
     * Which are on a page, and how many match. What they are is asked for by itself: this is
     * planned anew for what is asked, which takes a moment; that is long, and always the same.
     */
    private Found find(
            Asked asked, PageQuery query, Sort sort, List<Workflow.State> states, long most) {
        String order = order(sort);
        var keys = keys(query, sort);
        var rest =
                keys.isEmpty()
                        ? asked
                        : asked.after(after("a.%s, a.id".formatted(column(sort)), sort), keys);
        String count = count(asked, states, most);
        if (asked.often && states.size() < 2) {
            var near = look(near(rest, states, order, query), count, rest, query);
            if (near.ids().size() > query.limit()) {
                return found(near, order, query);
            }
        }
        return found(look(ids(rest, states, order, query), count, rest, query), order, query);
    }

    /** Of several states there are more ids than fit on the page. */
    private Found found(Looked looked, String order, PageQuery query) {
        return Found.of(jdbc, looked.ids(), looked.matching(), order + query.atMost());
    }

    /** As {@link Found}, when no more is known of them. */
    private record Looked(List<UUID> ids, long matching) {}

    /** What is all on its first page needs no counting. */
    private Looked look(String ids, String count, Asked rest, PageQuery query) {
        return jdbc.sql(
                        """
                        with page as materialized (select array(%s) as ids)
                        select ids, case when %s and cardinality(ids) <= %d then cardinality(ids)
                                         else %s end as matching
                        from page
                        """
                                .formatted(ids, query.cursor().isEmpty(), query.limit(), count))
                .params(rest.params)
                .query((row, _) ->
                        new Looked(
                                List.of((UUID[]) row.getArray("ids").getArray()),
                                row.getLong("matching")))
                .single();
    }

    /**
     * The ids of a page among the next applications in the order: what is found often fills it from
     * there, and what is found often but long ago does not. They are looked at one after the other,
     * and no further than the page is full.
     */
    private static String near(
            Asked asked, List<Workflow.State> states, String order, PageQuery query) {
        return "select a.id from (select * from application a"
                + asked.where(states)
                + " order by "
                + order
                + " limit "
                + ApplicationSearchStore.NEXT
                + ") a cross join lateral (select from application_search f"
                + " where f.application = a.id and f."
                + ApplicationSearchStore.LIKE
                + " offset 0) f"
                + " order by "
                + order
                + query.atMost();
    }

    /**
     * The ids of a page. Of several states each begins at its own place in the index, and the first
     * of all are taken: an order over several of them is in no index.
     */
    private static String ids(
            Asked asked, List<Workflow.State> states, String order, PageQuery query) {
        if (states.size() < 2) {
            return page(asked, states, order, query);
        }
        return states.stream()
                .map(state -> "(" + page(asked, List.of(state), order, query) + ")")
                .collect(Collectors.joining(" union all "));
    }

    private static String page(
            Asked asked, List<Workflow.State> states, String order, PageQuery query) {
        return "select a.id from "
                + asked.tables
                + asked.where(states)
                + " order by "
                + order
                + query.atMost();
    }

    /** Written out, so that an index of open ones is known to hold them all. */
    private static String in(List<Workflow.State> states) {
        return states.stream()
                .map(state -> "'" + state + "'")
                .collect(Collectors.joining(",", "a.state in (", ")"));
    }

    private static String column(Sort sort) {
        return switch (sort.field()) {
            case "number" -> "number";
            case "enteredAt" -> "entered_at";
            default -> "submitted_at";
        };
    }

    private static Cursor after(Application last, Sort sort) {
        return Cursor.after(
                switch (sort.field()) {
                    case "number" -> last.number().replaceFirst(".*-", "");
                    case "enteredAt" -> last.enteredAt().toString();
                    default -> last.submittedAt().toString();
                },
                last.id().toString());
    }

    /** What a page's cursor compares with; none on the first. */
    static Map<String, Object> keys(PageQuery query, Sort sort) {
        return query.cursor()
                .map(cursor -> cursor.keys(2, texts -> keys(texts, sort)))
                .orElse(Map.of());
    }

    /** As a condition: of these two columns in the order, all after the cursor. */
    private static String after(String columns, Sort sort) {
        return "(%s) %s (:key, :after)".formatted(columns, sort.descending() ? "<" : ">");
    }

    /** The same where nothing else is asked for; nothing on the first page. */
    static String whereAfter(String columns, Map<String, Object> keys, Sort sort) {
        return keys.isEmpty() ? "" : "where " + after(columns, sort);
    }

    private static Map<String, Object> keys(List<String> keys, Sort sort) {
        return Map.of(
                "key",
                sort.field().equals("number")
                        ? (Object) Long.valueOf(keys.getFirst())
                        : Instant.parse(keys.getFirst()).atOffset(ZoneOffset.UTC),
                "after",
                UUID.fromString(keys.getLast()));
    }
}
