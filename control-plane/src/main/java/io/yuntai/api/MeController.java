package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Account;
import io.yuntai.security.NoPermission;
import io.yuntai.security.Permission;
import io.yuntai.security.Role;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "me")
class MeController {

    record OfUnit(UnitId id, String name) {}

    /**
     * Who is signed in, and what he may do.
     *
     * @param unit empty: the platform or the bureau
     */
    record MeView(
            PersonId id,
            Login login,
            String name,
            Optional<OfUnit> unit,
            List<String> roles,
            List<Permission> permissions) {}

    @GetMapping("/api/v1/me")
    @NoPermission("everybody who is signed in may know who he is")
    MeView me(Account account) {
        return new MeView(
                account.person(),
                account.login(),
                account.name(),
                account.unit().map(unit -> new OfUnit(unit.id(), unit.name())),
                account.roles().stream().map(Role::code).toList(),
                account.permissions().stream().sorted().toList());
    }
}
