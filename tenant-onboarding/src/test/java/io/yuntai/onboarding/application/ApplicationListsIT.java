package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.unit.UnitId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of more applications than anybody counts, and what is found in them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationListsIT {

    private static final int STORED = 4500;

    /** The first of them: more than are put in order, and none of them among the next. */
    private static final int EARLY = 2300;

    private Onboarding onboarding;
    private Applications applications;
    private Actor bureau;

    /** Seven are submitted at each moment; one of five is in each of five states. */
    @BeforeAll
    void store() {
        onboarding = Onboarding.of("egov", UnreachableCluster.named("gone"));
        applications = onboarding.get(Applications.class);
        bureau = onboarding.person("reader");
        var _ =
                onboarding
                        .jdbc()
                        .sql(
                                """
                                insert into application (id, version, state, system, unit, pool, purpose,
                                                         term_months, submitted_by, submitted_at,
                                                         entered_at, digest, lock)
                                select gen_random_uuid(), 1,
                                       (array['DEPT_REVIEW', 'CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'])[n % 5 + 1],
                                       :system, s.unit, :pool,
                                       case n when 700 then '100%_扩容 ERP' when 800 then '1000 扩_容'
                                              else case when n > :early then '日常运行' else '早年建设' end end,
                                       12, :by, timestamptz '2026-01-01 00:00Z' + n / 7 * interval '9 hours',
                                       timestamptz '2026-02-01 00:00Z' - n * interval '1 minute', '',
                                       gen_random_uuid()
                                from generate_series(1, :stored) n,
                                     (select unit from system_owner where system = :system) s
                                """)
                        .param("system", onboarding.system().value())
                        .param("pool", Onboarding.POOL.toString())
                        .param("by", bureau.person().value())
                        .param("stored", STORED)
                        .param("early", EARLY)
                        .update();
        onboarding
                .jdbc()
                .sql(
                        """
                        insert into application_item (application, position, kind, count, vcpu,
                                                      memory_gib, storage_gib, storage_class)
                        select id, 0, 'HOSTS', 1, 2, 4, 40, 'ssd' from application
                        """)
                .update();
    }

    @AfterAll
    void stop() {
        onboarding.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submittedAt",
                "-submittedAt",
                "enteredAt",
                "-enteredAt",
                "number",
                "-number"
            })
    void pagesShowEachOneOnceInOrder(String sort) {
        shownToItsEnd("", sort, ApplicationFilter.ANY, STORED);
    }

    @Test
    void severalStatesAreOneOrder() {
        var asked = List.of(Workflow.State.DEPT_REVIEW, Workflow.State.CLOSED);
        var found = all("", "-submittedAt", filter(asked, Optional.empty()));
        assertThat(found).hasSize(STORED * 2 / 5);
        assertThat(found).isSortedAccordingTo((a, b) -> b.submittedAt().compareTo(a.submittedAt()));
        assertThat(found).extracting(Application::state).containsOnlyElementsOf(asked);
    }

    @Test
    void aListIsCountedNoFurtherThanAnybodyReads() {
        var page = list(PageQuery.FIRST, List.of());
        assertThat(page.total()).isEqualTo(Page.MOST_COUNTED);
        assertThat(page.atLeast()).isTrue();
        var closed = list(PageQuery.FIRST, List.of(Workflow.State.CLOSED));
        assertThat(closed.total()).isEqualTo(STORED / 5);
        assertThat(closed.atLeast()).isFalse();
    }

    @Test
    void whatWaitsForSomebodyIsCountedNoFurtherThanHeReads() {
        var reader = onboarding.person("owner");
        var _ =
                onboarding
                        .jdbc()
                        .sql("update person set unit = ? where id = ?")
                        .params(unit().value(), reader.person().value())
                        .update();
        var owner = new Actor(reader.person(), reader.name(), new Actor.Scope.OneUnit(unit()));
        var inbox = applications.inbox(onboarding.taker(owner), PageQuery.FIRST).page();
        assertThat(inbox.items())
                .hasSize(50)
                .allMatch(one -> one.state() == Workflow.State.DEPT_REVIEW);
        assertThat(inbox.total()).isEqualTo(100);
        assertThat(inbox.atLeast()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "扩容, 1", // two characters, the shortest that people type
        "扩, 2",
        "erp, 1",
        "ERP, 1",
        "100%_, 1",
        "'%', 1",
        "扩_容, 1",
        "一网通办, 4500",
        "大数据, 4500",
        "EGOV, 4500",
        "没有, 0",
        "一网没有, 0"
    })
    void aPartIsFoundAsItIsWritten(String q, long count) {
        for (var unit : List.of(Optional.<UnitId>empty(), Optional.of(unit()))) {
            var filter = filter(List.of(), unit);
            var page =
                    applications
                            .list(onboarding.taker(bureau), query("-submittedAt", q), filter)
                            .page();
            long most = unit.isPresent() ? Page.MOST_COUNTED : 100;
            assertThat(page.total()).isEqualTo(Math.min(count, most));
            assertThat(page.atLeast()).isEqualTo(count > most);
            assertThat(page.items()).hasSize((int) Math.min(count, 50));
        }
    }

    @Test
    void aSearchIsWithinAState() {
        var page = list(query("-submittedAt", "一网通办"), List.of(Workflow.State.CLOSED));
        assertThat(page.total()).isEqualTo(STORED / 5);
        assertThat(page.items())
                .isNotEmpty()
                .allMatch(found -> found.state() == Workflow.State.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "日常运行, submittedAt, 2200",
        "日常运行, -submittedAt, 2200",
        "日常运行, -enteredAt, 2200",
        "早年建设, submittedAt, 2298",
        "早年建设, -submittedAt, 2298",
        "早年建设, -enteredAt, 2298"
    })
    void whatIsFoundOftenIsShownToItsEnd(String q, String sort, int count) {
        shownToItsEnd(q, sort, ApplicationFilter.ANY, count);
    }

    /** In a unit; more than are counted, and less. */
    @ParameterizedTest
    @CsvSource({
        "submittedAt, '', 2200",
        "-submittedAt, '', 2200",
        "submittedAt, CLOSED, 440",
        "-submittedAt, CLOSED, 440",
        "number, CLOSED, 440"
    })
    void whatIsFoundInAUnitIsShownToItsEnd(String sort, String state, int count) {
        var states =
                state.isEmpty()
                        ? List.<Workflow.State>of()
                        : List.of(Workflow.State.valueOf(state));
        shownToItsEnd("日常运行", sort, filter(states, Optional.of(unit())), count);
    }

    private static Comparator<Application> by(Sort order) {
        Comparator<Application> ascending =
                switch (order.field()) {
                    case "number" -> Comparator.comparing(Application::number);
                    case "enteredAt" -> Comparator.comparing(Application::enteredAt);
                    default -> Comparator.comparing(Application::submittedAt);
                };
        return order.descending() ? ascending.reversed() : ascending;
    }

    private void shownToItsEnd(String q, String sort, ApplicationFilter filter, int count) {
        assertThat(all(q, sort, filter))
                .hasSize(count)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(by(Sort.of(sort)));
    }

    @Test
    void aNumberIsFoundAsAWhole() {
        var any = list(PageQuery.FIRST, List.of()).items().getLast();
        var found = list(query("number", any.number().toLowerCase(Locale.ROOT)), List.of());
        assertThat(found.items()).extracting(Application::id).containsExactly(any.id());
        assertThat(list(query("number", any.number().replace("A2026", "A2025")), List.of()).items())
                .isEmpty();
    }

    @Test
    void whatIsChangedIsFoundByItsNewWords() {
        var id = list(query("number", "日常"), List.of()).items().getFirst().id();
        rename(id, "防汛值守");
        assertThat(list(query("number", "汛值"), List.of()).items())
                .extracting(Application::id)
                .containsExactly(id);
        rename(id, "日常运行");
        assertThat(list(query("number", "汛值"), List.of()).total()).isZero();
    }

    @Test
    void whatComesToAnotherUnitIsFoundThere() {
        var before = unit();
        var other = onboarding.otherUnit();
        var id = list(query("number", "扩_容"), List.of()).items().getFirst().id();
        assertThat(inUnit(other, "扩_容").items()).isEmpty();
        move(id, other);
        assertThat(inUnit(other, "扩_容").items()).extracting(Application::id).containsExactly(id);
        assertThat(inUnit(before, "扩_容").items()).isEmpty();
        move(id, before);
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        for (var cursor : List.of(Cursor.offset(3), Cursor.after("x", "y"))) {
            var query = new PageQuery(5, Optional.of(cursor), Optional.empty(), "");
            assertThatThrownBy(() -> list(query, List.of()))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.code()).isEqualTo("BAD_CURSOR"));
        }
    }

    private UnitId unit() {
        return list(PageQuery.FIRST, List.of()).items().getFirst().unit();
    }

    private Page<Application> inUnit(UnitId unit, String q) {
        var filter = filter(List.of(), Optional.of(unit));
        return applications.list(onboarding.taker(bureau), query("-submittedAt", q), filter).page();
    }

    private void move(ApplicationId id, UnitId unit) {
        var _ =
                onboarding
                        .jdbc()
                        .sql("update application set unit = ? where id = ?")
                        .params(unit.value(), id.value())
                        .update();
    }

    private void rename(ApplicationId id, String purpose) {
        var _ =
                onboarding
                        .jdbc()
                        .sql("update application set purpose = ? where id = ?")
                        .params(purpose, id.value())
                        .update();
    }

    @Test
    void eachPageTellsHowManyThereAreInAll() {
        var closed = List.of(Workflow.State.CLOSED);
        var first = list(PageQuery.FIRST, closed);
        var second =
                list(new PageQuery(50, first.next().map(Cursor::of), Optional.empty(), ""), closed);
        assertThat(second.total()).isEqualTo(first.total()).isEqualTo(STORED / 5);
    }

    private List<Application> all(String q, String sort, ApplicationFilter filter) {
        var all = new ArrayList<Application>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            var query = new PageQuery(101, cursor, Optional.of(Sort.of(sort)), q);
            var page = applications.list(onboarding.taker(bureau), query, filter).page();
            all.addAll(page.items());
            cursor = page.next().map(Cursor::of);
        } while (cursor.isPresent());
        return all;
    }

    private Page<Application> list(PageQuery query, List<Workflow.State> states) {
        return applications
                .list(onboarding.taker(bureau), query, filter(states, Optional.empty()))
                .page();
    }

    private static ApplicationFilter filter(List<Workflow.State> states, Optional<UnitId> unit) {
        return new ApplicationFilter(
                states, unit, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static PageQuery query(String sort, String q) {
        return new PageQuery(50, Optional.empty(), Optional.of(Sort.of(sort)), q);
    }
}
