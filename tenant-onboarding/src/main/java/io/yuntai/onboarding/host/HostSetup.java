package io.yuntai.onboarding.host;

import java.util.List;
import java.util.Optional;

/**
 * What a host is made with, once and for all.
 *
 * @param size of the catalogue; empty: processors and memory as they were asked for
 * @param image of the catalogue; empty: an empty disk
 * @param gpus empty: none
 * @param login who may sign in, and what is done at the first start
 * @param kept how it reads when others have made it; empty: we have
 */
public record HostSetup(
        Optional<CatalogueRef> size,
        Optional<CatalogueRef> image,
        Optional<Gpus> gpus,
        FirstLogin login,
        Optional<HostKept> kept) {

    /** One that we make. */
    public HostSetup(
            Optional<CatalogueRef> size,
            Optional<CatalogueRef> image,
            Optional<Gpus> gpus,
            FirstLogin login) {
        this(size, image, gpus, login, Optional.empty());
    }

    /** Nothing but processors, memory and an empty disk. */
    public static final HostSetup PLAIN =
            new HostSetup(Optional.empty(), Optional.empty(), Optional.empty(), FirstLogin.NONE);

    /**
     * What a host's first start does.
     *
     * @param userData cloud-init's, a {@code #cloud-config} document; empty: none
     * @param sshKeys lines of {@code authorized_keys}
     */
    public record FirstLogin(String userData, List<String> sshKeys) {

        public static final FirstLogin NONE = new FirstLogin("", List.of());

        public FirstLogin {
            sshKeys = List.copyOf(sshKeys);
        }

        /** User data may hold secrets: they are not for logs. */
        @Override
        public String toString() {
            return "FirstLogin[" + CloudInit.digest(userData) + ", " + sshKeys + "]";
        }
    }
}
