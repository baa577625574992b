package io.yuntai.security;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.application.Taker;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who is signed in, and what he may do.
 *
 * @param unit the unit he acts for; empty: the platform or the bureau
 */
public record Account(
        PersonId person,
        Login login,
        String name,
        Optional<OwnUnit> unit,
        List<Role> roles,
        Set<Permission> permissions) {

    /** The unit that a person belongs to. */
    public record OwnUnit(UnitId id, String name) {}

    /** Somebody whom others may name. */
    public record Colleague(PersonId id, String name) {}

    public Account {
        roles = List.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** As the modules know him: confined to his unit if he has one. */
    public Actor actor() {
        Actor.Scope scope =
                unit.<Actor.Scope>map(own -> new Actor.Scope.OneUnit(own.id()))
                        .orElseGet(Actor.Scope.All::new);
        return new Actor(person, name, scope);
    }

    /** The same, with his parts of the workflow. */
    public Taker taker() {
        return new Taker(actor(), WorkflowParts.of(permissions));
    }
}
