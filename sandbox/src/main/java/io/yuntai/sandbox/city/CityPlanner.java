package io.yuntai.sandbox.city;

import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.sandbox.city.CityPlan.Area;
import io.yuntai.sandbox.city.CityPlan.Body;
import io.yuntai.sandbox.city.CityPlan.Sys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws a city from the sample lists; the seed is the city's, so that it is always the same. */
final class CityPlanner {

    private static final List<String> FUNDING = List.of("财政拨款", "财政补助", "专项资金");
    private static final List<String> BUILDERS =
            List.of("云岭软件有限公司", "启明信息技术有限公司", "海川数字科技有限公司", "中湾系统集成有限公司", "");
    private static final int SMALL_BODY_SYSTEMS = 2;

    private final Territory territory;
    private final RandomGenerator random;
    private final People people;

    /** A unit with the kind of body that it is. */
    private record Kind(Bureau bureau, Territory.Area area, Body body) {}

    CityPlanner(Territory territory) {
        this.territory = territory;
        this.random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(territory.code().hashCode());
        this.people = new People(territory, random);
    }

    CityPlan plan() {
        var operator = people.next();
        var bureau = people.next();
        var kinds = kinds();
        var systems = systems(kinds);
        var units = kinds.stream().map(Kind::body).toList();
        return new CityPlan(
                territory.code(),
                territory.top().name(),
                regions(),
                units,
                systems,
                new OrderPlanner(random, units, systems, territory.hosts()).orders(),
                operator,
                // The last that is drawn: whoever came before stays who he was.
                people.next(),
                bureau,
                people.next(),
                people.next());
    }

    private List<Area> regions() {
        var regions = new ArrayList<Area>();
        regions.add(new Area(territory.top().code(), territory.top().name(), ""));
        for (var district : territory.districts()) {
            regions.add(new Area(district.code(), district.name(), territory.top().code()));
        }
        return regions;
    }

    /** The city's own bodies, then as many of each district's as there are units left. */
    private List<Kind> kinds() {
        var all = Bureau.all();
        var local =
                all.stream()
                        .filter(bureau -> bureau.districtRank().isPresent())
                        .sorted(Comparator.comparingInt(b -> b.districtRank().getAsInt()))
                        .toList();
        int districts = territory.districts().size();
        int perDistrict =
                Math.clamp(
                        Math.ceilDiv(territory.units() - all.size(), districts), 1, local.size());
        int own = territory.units() - perDistrict * districts;
        var kinds = new ArrayList<Kind>();
        for (var bureau : all.subList(0, own)) {
            kinds.add(kind(bureau, territory.top(), kinds.size()));
        }
        for (var district : territory.districts()) {
            for (var bureau : local.subList(0, perDistrict)) {
                kinds.add(kind(bureau, district, kinds.size()));
            }
        }
        return kinds;
    }

    private Kind kind(Bureau bureau, Territory.Area area, int number) {
        boolean provincial = territory.province() && area.equals(territory.top());
        var staff = people.next();
        var owner = people.next();
        while (owner.name().equals(staff.name())) {
            owner = people.next();
        }
        var body =
                new Body(
                        code(area.code(), number),
                        area.name() + (provincial ? bureau.provinceName() : bureau.name()),
                        area.code(),
                        FUNDING.get(random.nextInt(FUNDING.size())),
                        staff,
                        owner);
        return new Kind(bureau, area, body);
    }

    /**
     * 1 1, the region, nine characters of the organization with a check digit of their own (GB
     * 11714), and the check character.
     */
    private static UnifiedSocialCreditCode code(String region, int number) {
        String organization = "00%06d".formatted(690_000 + number * 37);
        String seventeen = "11" + region + organization + organizationCheck(organization);
        return new UnifiedSocialCreditCode(
                seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen));
    }

    private static char organizationCheck(String eight) {
        int[] weights = {3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (eight.charAt(i) - '0') * weights[i];
        }
        int check = 11 - sum % 11;
        return check == 10 ? 'X' : (char) ('0' + check % 11);
    }

    /** Each its own kinds first; what is left goes round, the city's own bodies getting more. */
    private List<Sys> systems(List<Kind> kinds) {
        var common = Bureau.common();
        var counts = counts(kinds, common.size());
        var systems = new ArrayList<Sys>();
        for (int i = 0; i < kinds.size(); i++) {
            var kind = kinds.get(i);
            var wanted = new ArrayList<>(kind.bureau().systems());
            wanted.addAll(common);
            for (var system : wanted.subList(0, counts[i])) {
                systems.add(system(kind, system, systems.size()));
            }
        }
        return systems;
    }

    private int[] counts(List<Kind> kinds, int common) {
        var counts = new int[kinds.size()];
        var most = new int[kinds.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 1;
            boolean own = kinds.get(i).area().equals(territory.top());
            most[i] =
                    random.nextInt(8) == 0 && i > 1
                            ? SMALL_BODY_SYSTEMS
                            : kinds.get(i).bureau().systems().size() + (own ? common : common / 2);
        }
        int left = territory.systems() - kinds.size();
        while (left > 0) {
            // Twice the same body in three: a few run many systems, most run few.
            int at =
                    random.nextInt(3) > 0
                            ? random.nextInt(1 + kinds.size() / 2)
                            : random.nextInt(kinds.size());
            if (counts[at] < most[at]) {
                counts[at]++;
                left--;
            }
        }
        return counts;
    }

    private Sys system(Kind kind, Bureau.SystemKind system, int number) {
        int level = random.nextInt(10) < 4 ? 3 : 2;
        boolean xinchuang = random.nextInt(20) < 7;
        String filing =
                "%s%02d%03d".formatted(kind.area().code(), 20 + random.nextInt(6), number + 1);
        return new Sys(
                kind.area().slug() + "-" + kind.bureau().slug() + "-" + system.slug(),
                Bureau.common().contains(system)
                        ? kind.body().name() + system.name()
                        : kind.area().name() + system.name(),
                kind.body(),
                system.facesPublic() ? Zone.INTERNET : Zone.EXTRANET,
                xinchuang,
                level,
                filing,
                BUILDERS.get(random.nextInt(BUILDERS.size())));
    }
}
