package io.yuntai.testkit;

import java.util.List;

/**
 * Programs that are built from source, because nobody publishes them as packages. Each is a Go
 * module among the resources of this library; its {@code go.mod} and {@code go.sum} are the one
 * place that fixes versions.
 */
enum GoProgram {
    /** etcd, kube-apiserver and kube-controller-manager; the first argument says which. */
    KUBE("kube", "."),
    /** Writes KubeVirt's custom resource definitions into a folder, and CDI's in one in it. */
    KUBEVIRT_CRDS("kubevirt-crds", "."),
    /** Plays nodes, pods and virtual machines. */
    KWOK("kwok", "sigs.k8s.io/kwok/cmd/kwok");

    private final String moduleName;
    private final String goPackage;

    GoProgram(String moduleName, String goPackage) {
        this.moduleName = moduleName;
        this.goPackage = goPackage;
    }

    String moduleName() {
        return moduleName;
    }

    /** What {@code go build} is asked for. */
    String goPackage() {
        return goPackage;
    }

    /** The files of the module, relative to its folder; they decide the name of the binary. */
    List<String> files() {
        return goPackage.equals(".")
                ? List.of("go.mod", "go.sum", "main.go")
                : List.of("go.mod", "go.sum");
    }

    String resource(String file) {
        return "go/" + moduleName + "/" + file;
    }
}
