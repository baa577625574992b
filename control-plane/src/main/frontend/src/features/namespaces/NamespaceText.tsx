/** A namespace, and under it the cluster that it is on. */
export function NamespaceText({ cluster, namespace }: { cluster: string; namespace: string }) {
  return (
    <>
      <span className="code">{namespace}</span>
      <div className="faint code">{cluster}</div>
    </>
  );
}
