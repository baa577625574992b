package io.yuntai.security;

import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.PersonRegistered;
import io.yuntai.onboarding.unit.UnitId;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who may do what. Nothing is cached: a role that is taken away is gone with the next request. */
@Service
public class Accounts {

    private static final int MOST_COLLEAGUES = 500;

    private final AccountStore store;

    Accounts(AccountStore store) {
        this.store = store;
    }

    /** The account of a login; empty: signed in elsewhere, but not registered here. */
    @Transactional(readOnly = true)
    public Optional<Account> find(Login login) {
        return store.find(login);
    }

    /**
     * Who may act in a part of the workflow, for whoever is to choose one of them; by name.
     *
     * @param unit whose people, for the unit's own part
     */
    @Transactional(readOnly = true)
    public List<Account.Colleague> inPart(Workflow.Part part, Optional<UnitId> unit) {
        return store.with(WorkflowParts.permission(part), unit, MOST_COLLEAGUES);
    }

    /** Registers a person of the platform or the bureau, who belongs to no unit. */
    @Transactional
    public void register(PersonId id, Login login, String name, Role role) {
        store.addPerson(id, login, name);
        store.grant(id, role);
    }

    /**
     * Whoever has a role, or is allowed something by one.
     *
     * @param code a role's or a permission's
     * @param unit only persons of this unit; empty: of any, and of none
     */
    @Transactional(readOnly = true)
    public List<PersonId> holding(String code, Optional<UnitId> unit) {
        return store.holding(code, unit);
    }

    /**
     * Whoever may act in a part of the workflow.
     *
     * @param unit only persons of this unit; empty: of any, and of none
     */
    @Transactional(readOnly = true)
    public List<PersonId> taking(Workflow.Part part, Optional<UnitId> unit) {
        return store.holding(WorkflowParts.permission(part).name(), unit);
    }

    /** Whoever a unit registers as its contact gets that role in the same transaction. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(PersonRegistered registered) {
        Role role =
                switch (registered.role()) {
                    case UNIT_STAFF -> Role.UNIT_STAFF;
                    case UNIT_OWNER -> Role.UNIT_OWNER;
                };
        store.grant(registered.person(), role);
    }
}
