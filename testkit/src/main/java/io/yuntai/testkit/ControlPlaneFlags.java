package io.yuntai.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of a control plane of one machine.
 *
 * @param ports of the API server, of etcd's clients and of etcd's peers
 */
record ControlPlaneFlags(
        Workspace workspace, Credentials credentials, List<Integer> ports, boolean durable) {

    private static final String HOST = "127.0.0.1";

    ControlPlaneFlags {
        ports = List.copyOf(ports);
    }

    List<String> etcd() {
        String clients = "http://" + HOST + ":" + ports.get(1);
        String peers = "http://" + HOST + ":" + ports.get(2);
        List<String> flags =
                new ArrayList<>(
                        List.of(
                                "etcd",
                                "--name=local",
                                "--data-dir=" + workspace.resolve("etcd"),
                                "--listen-client-urls=" + clients,
                                "--advertise-client-urls=" + clients,
                                "--listen-peer-urls=" + peers,
                                "--initial-advertise-peer-urls=" + peers,
                                "--initial-cluster=local=" + peers,
                                "--log-level=warn"));
        if (!durable) {
            flags.add("--unsafe-no-fsync");
        }
        return flags;
    }

    List<String> apiServer() {
        return List.of(
                "kube-apiserver",
                "--cert-dir=" + credentials.certificates(),
                "--etcd-servers=http://" + HOST + ":" + ports.get(1),
                "--bind-address=" + HOST,
                "--advertise-address=" + HOST,
                "--secure-port=" + ports.get(0),
                // Nobody asks the service "kubernetes" for its endpoints, and a loopback address is
                // none.
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + credentials.tokenFile(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + credentials.serviceAccountKey(),
                "--service-account-key-file=" + credentials.serviceAccountKey(),
                // It refuses a pod until a controller has made the namespace's default account.
                "--disable-admission-plugins=ServiceAccount");
    }

    List<String> controllerManager(Path kubeconfig) {
        return List.of(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig,
                // The one for claims takes off the finalizer that admission gives each of them.
                "--controllers=namespace,resourcequota,garbagecollector,serviceaccount,"
                        + "clusterrole-aggregation,persistentvolumeclaim-protection-controller",
                "--leader-elect=false",
                "--resource-quota-sync-period=30s",
                "--secure-port=0");
    }
}
