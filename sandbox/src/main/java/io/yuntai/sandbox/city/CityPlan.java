package io.yuntai.sandbox.city;

import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A whole city before anything of it is known to the server.
 *
 * @param regions the one around all others first
 * @param units the two whose people are sample users first
 * @param orders in the order in which a system's follow each other
 * @param operator of the platform
 * @param secondOperator who carries out what the first has proposed
 * @param bureau who imports the register
 * @param secondBureau who approves what the first has proposed
 * @param expert who is asked for opinions on large orders
 */
public record CityPlan(
        String code,
        String name,
        List<Area> regions,
        List<Body> units,
        List<Sys> systems,
        List<Planned> orders,
        Person operator,
        Person secondOperator,
        Person bureau,
        Person secondBureau,
        Person expert) {

    /** A region: GB/T 2260 code, name, code of the region around it or nothing. */
    public record Area(String code, String name, String parent) {}

    /** Somebody with a login. */
    public record Person(Login login, String name, String phone, String email) {}

    /** A unit, with one who applies and one who confirms. */
    public record Body(
            UnifiedSocialCreditCode uscc,
            String name,
            String region,
            String funding,
            Person staff,
            Person owner) {}

    /** A business system. */
    public record Sys(
            String code,
            String name,
            Body unit,
            Zone zone,
            boolean xinchuang,
            int mlpsLevel,
            String filing,
            String builder) {

        /** Where its hosts come from. */
        public PoolId pool() {
            return new PoolId(
                    zone, xinchuang ? ProcessorFamily.DOMESTIC : ProcessorFamily.ORDINARY);
        }
    }

    /** What has become of an application when the try-out is first looked at. */
    public enum Fate {
        /** Delivered and confirmed. */
        CONFIRMED,
        /** Delivered; its owner has not confirmed yet. */
        DELIVERED,
        WAITING,
        REJECTED,
        WITHDRAWN
    }

    /** When something was applied for. */
    public sealed interface When {

        /** So long after the ranked month began; negative: before it. */
        record AfterMonthBegan(Duration passed) implements When {}

        /** So long before the try-out was made. */
        record Ago(Duration passed) implements When {}

        default Instant at(Instant monthBegan, Instant now) {
            return switch (this) {
                case AfterMonthBegan(var passed) -> monthBegan.plus(passed);
                case Ago(var passed) -> now.minus(passed);
            };
        }
    }

    /**
     * An application.
     *
     * @param round 0: the first of its system; 1: one after that was confirmed; 2: an open one
     */
    public record Planned(
            Sys system,
            List<Item> items,
            String purpose,
            int termMonths,
            When when,
            int round,
            Fate fate) {

        public Planned {
            items = List.copyOf(items);
        }

        /** How many hosts. */
        public int hosts() {
            return items.stream()
                    .mapToInt(item ->
                            switch (item) {
                                case Item.Hosts hosts -> hosts.count();
                                case Item.Namespace _, Item.OfHost _, Item.Free _ -> 0;
                            })
                    .sum();
        }
    }

    public CityPlan {
        regions = List.copyOf(regions);
        units = List.copyOf(units);
        systems = List.copyOf(systems);
        orders = List.copyOf(orders);
    }
}
