package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real cluster whose caller dies at one of the writes that go over the wire: that write, or the
 * answer to it, is the last that anybody sees of him.
 */
public final class MortalCluster implements AutoCloseable {

    /** Not caught by anybody, like the end of the process. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final AtomicInteger writes = new AtomicInteger();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Fabric8Cluster real;
    private volatile int last = Integer.MAX_VALUE;
    private volatile boolean beforeItsEffect;
    private volatile boolean dead;

    private MortalCluster(ClusterName name, String kubeconfig) {
        real =
                Fabric8Cluster.connect(
                        name,
                        kubeconfig,
                        ResourceNames.DEFAULT,
                        NamespacePolicy.DEFAULT,
                        List.of(new Reaper()));
    }

    public static MortalCluster connect(ClusterName name, String kubeconfig) {
        return new MortalCluster(name, kubeconfig);
    }

    /** From now on he dies at the write of this number, from 0 on. */
    public void dieAt(int write, boolean before) {
        writes.set(0);
        last = write;
        beforeItsEffect = before;
    }

    /** He is as he was before. */
    public void revive() {
        last = Integer.MAX_VALUE;
        dead = false;
    }

    /** How many writes there were since it was last said when to die. */
    public int writes() {
        return writes.get();
    }

    /** The kinds of objects that were written, as paths name them. */
    public Set<String> written() {
        return written;
    }

    public Cluster cluster() {
        return (Cluster)
                Proxy.newProxyInstance(
                        Cluster.class.getClassLoader(),
                        new Class<?>[] {Cluster.class},
                        (_, method, arguments) -> {
                            try {
                                Object answer = method.invoke(real, arguments);
                                if (dead && !method.getName().equals("close")) {
                                    throw new Killed();
                                }
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw dead ? new Killed() : e.getCause();
                            }
                        });
    }

    @Override
    public void close() {
        real.close();
    }

    /** What is only tried changes nothing. */
    private static boolean isWrite(HttpRequest request) {
        return WRITES.contains(request.method())
                && !String.valueOf(request.uri().getQuery()).contains("dryRun");
    }

    private final class Reaper implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (dead) {
                throw new IllegalStateException("dead");
            }
            if (!isWrite(request)) {
                return;
            }
            written.addAll(List.of(request.uri().getPath().split("/")));
            if (writes.getAndIncrement() == last) {
                if (beforeItsEffect) {
                    dead = true;
                    throw new IllegalStateException("dies before its effect");
                }
            }
        }

        @Override
        public void after(
                HttpRequest request,
                HttpResponse<?> response,
                AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (isWrite(request) && writes.get() > last) {
                dead = true;
            }
        }
    }
}
