import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Outcome, ReclaimState } from '@/shared/api/reclaims';

const STATE: Record<ReclaimState, string> = {
  PROPOSED: 'default',
  NOTICED: 'gold',
  CONSENTED: 'cyan',
  APPEALED: 'orange',
  EXTENDED: 'gold',
  UPHELD: 'cyan',
  BUREAU_APPROVED: 'blue',
  EXECUTING: 'processing',
  PARTIAL: 'volcano',
  DONE: 'green',
  CANCELLED: 'default',
};

export function ReclaimStateTag({ state }: { state: ReclaimState }) {
  const { t } = useTranslation();
  return <Tag color={STATE[state]}>{t(`reclaim.state.${state}`)}</Tag>;
}

const OUTCOME: Record<Outcome, string> = {
  PLANNED: 'default',
  STARTED: 'processing',
  DONE: 'green',
  FAILED: 'red',
  SKIPPED: 'gold',
};

export function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  return <Tag color={OUTCOME[outcome]}>{t(`reclaim.outcome.${outcome}`)}</Tag>;
}
