package io.yuntai.sandbox.bench;

/** A namespace on one of several servers, counted from 0. */
record Site(int server, String namespace) {

    String path(String plural) {
        return "/api/v1/namespaces/" + namespace + "/" + plural;
    }

    String machines() {
        return "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachines";
    }
}
