import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Grade } from '@/shared/api/ranking';
import type { HostPhase, HostState } from '@/shared/api/hosts';
import type { ApplicationState } from '@/shared/api/applications';

const APPLICATION: Record<ApplicationState, string> = {
  DRAFT: 'default',
  DEPT_REVIEW: 'gold',
  PRECHECK: 'processing',
  TECH_REVIEW: 'gold',
  EXPERT_REVIEW: 'gold',
  BUREAU_APPROVAL: 'gold',
  AUTO_APPROVED: 'blue',
  APPROVED: 'blue',
  DELIVERING: 'processing',
  PARTIAL: 'volcano',
  DELIVERED: 'green',
  CLOSED: 'default',
  RETURNED: 'orange',
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
  STOPPED: 'default',
  FAILED: 'red',
  GONE: 'default',
};

export function HostStateTag({ state }: { state: HostState }) {
  const { t } = useTranslation();
  return <Tag color={HOST[state]}>{t(`host.state.${state}`)}</Tag>;
}

const PHASE: Record<HostPhase, string> = {
  PROVISIONING: 'processing',
  TRIAL: 'cyan',
  IN_USE: 'green',
  CHANGING: 'processing',
  EXPIRING: 'orange',
  FROZEN: 'blue',
  STOPPED: 'default',
  RECYCLE_BIN: 'gold',
  DESTROYING: 'volcano',
  DESTROYED: 'default',
};

export function HostPhaseTag({ phase }: { phase: HostPhase }) {
  const { t } = useTranslation();
  return <Tag color={PHASE[phase]}>{t(`host.phase.${phase}`)}</Tag>;
}

const GRADE: Record<Grade, string> = { A: 'green', B: 'blue', C: 'gold', D: 'red' };

export function GradeTag({ grade }: { grade: Grade }) {
  return <Tag color={GRADE[grade]}>{grade}</Tag>;
}
