import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ClusterCommandKind,
  MemberCluster,
  MemberState,
  Scheduling,
} from '@/shared/api/clusters';
import { useMay } from '@/shared/api/queries';
import type { Permission } from '@/shared/api/types';
import { ClusterDialog, isDangerous } from './ClusterDialog';

interface Offer {
  kind: ClusterCommandKind;
  needs: Permission;
}

/** What can be said of a cluster in each state, and who may say it. */
const OF_STATE: Record<MemberState, Offer[]> = {
  ACTIVE: [{ kind: 'FENCE', needs: 'CLUSTER_FENCE' }],
  FENCED: [
    { kind: 'READMIT', needs: 'CLUSTER_READMIT' },
    { kind: 'WRITE_OFF', needs: 'CLUSTER_WRITE_OFF' },
  ],
  WRITTEN_OFF: [{ kind: 'READMIT', needs: 'CLUSTER_READMIT' }],
  READMITTING: [{ kind: 'WRITE_OFF', needs: 'CLUSTER_WRITE_OFF' }],
  DEREGISTERED: [],
};

const OF_SCHEDULING: Record<Scheduling, Offer[]> = {
  OPEN: [
    { kind: 'CORDON', needs: 'CLUSTER_CORDON' },
    { kind: 'DRAIN', needs: 'CLUSTER_CORDON' },
  ],
  CORDONED: [
    { kind: 'UNCORDON', needs: 'CLUSTER_CORDON' },
    { kind: 'DRAIN', needs: 'CLUSTER_CORDON' },
  ],
  DRAINING: [
    { kind: 'UNCORDON', needs: 'CLUSTER_CORDON' },
    { kind: 'RELEASE', needs: 'CLUSTER_CORDON' },
  ],
};

function offersOf(cluster: MemberCluster): Offer[] {
  if (cluster.state === 'DEREGISTERED') {
    return [];
  }
  const offers = [...OF_SCHEDULING[cluster.scheduling], ...OF_STATE[cluster.state]];
  if (cluster.identity && cluster.state !== 'WRITTEN_OFF') {
    offers.push({ kind: 'ACCEPT_IDENTITY', needs: 'CLUSTER_ACCEPT' });
  }
  if (
    cluster.registered &&
    (cluster.state === 'WRITTEN_OFF' ||
      (cluster.state === 'ACTIVE' && cluster.scheduling !== 'OPEN'))
  ) {
    offers.push({ kind: 'DEREGISTER', needs: 'CLUSTER_REGISTER' });
  }
  return offers;
}

/** What this person may say of a cluster as it is now. */
export function ClusterCommands({
  cluster,
  plain = false,
}: {
  cluster: MemberCluster;
  /** As buttons of a page's head instead of links in a table. */
  plain?: boolean;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState<ClusterCommandKind | null>(null);
  const offers = offersOf(cluster).filter(({ needs }) => may(needs));
  return (
    <>
      {offers.map(({ kind }) => {
        const button = (
          <Button
            key={kind}
            size={plain ? 'middle' : 'small'}
            type={plain ? 'default' : 'link'}
            danger={isDangerous(kind)}
            {...(plain ? {} : { style: { paddingInline: 0 } })}
            onClick={() => setAsked(kind)}
          >
            {t(`cluster.command.${kind}.open`)}
          </Button>
        );
        return plain ? button : <div key={kind}>{button}</div>;
      })}
      {asked && <ClusterDialog cluster={cluster} kind={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
