import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Grade } from '@/shared/api/ranking';
import type { ApplicationState, HostState } from '@/shared/api/types';

const APPLICATION: Record<ApplicationState, string> = {
  TECH_REVIEW: 'gold',
  APPROVED: 'blue',
  DELIVERING: 'processing',
  DELIVERED: 'green',
  CLOSED: 'default',
  REJECTED: 'red',
  WITHDRAWN: 'default',
  EXPIRED: 'default',
};

export function ApplicationStateTag({ state }: { state: ApplicationState }) {
  const { t } = useTranslation();
  return <Tag color={APPLICATION[state]}>{t(`application.state.${state}`)}</Tag>;
}

const HOST: Record<HostState, string> = {
  PROVISIONING: 'processing',
  RUNNING: 'green',
  FAILED: 'red',
};

export function HostStateTag({ state }: { state: HostState }) {
  const { t } = useTranslation();
  return <Tag color={HOST[state]}>{t(`host.state.${state}`)}</Tag>;
}

const GRADE: Record<Grade, string> = { A: 'green', B: 'blue', C: 'gold', D: 'red' };

export function GradeTag({ grade }: { grade: Grade }) {
  return <Tag color={GRADE[grade]}>{grade}</Tag>;
}
