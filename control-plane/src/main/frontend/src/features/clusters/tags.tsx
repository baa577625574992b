import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HealthStatus, MemberState, Scheduling } from '@/shared/api/clusters';

const STATE: Record<MemberState, string> = {
  ACTIVE: 'green',
  FENCED: 'gold',
  WRITTEN_OFF: 'red',
  READMITTING: 'processing',
  DEREGISTERED: 'default',
};

const HEALTH: Record<HealthStatus, string> = {
  HEALTHY: 'green',
  DEGRADED: 'gold',
  UNAVAILABLE: 'red',
  UNKNOWN: 'default',
};

export function MemberStateTag({ state }: { state: MemberState }) {
  const { t } = useTranslation();
  return <Tag color={STATE[state]}>{t(`cluster.state.${state}`)}</Tag>;
}

export function SchedulingTag({ scheduling }: { scheduling: Scheduling }) {
  const { t } = useTranslation();
  return scheduling === 'OPEN' ? null : (
    <Tag color="orange">{t(`cluster.scheduling.${scheduling}`)}</Tag>
  );
}

export function HealthTag({ status }: { status: HealthStatus }) {
  const { t } = useTranslation();
  return <Tag color={HEALTH[status]}>{t(`cluster.status.${status}`)}</Tag>;
}
