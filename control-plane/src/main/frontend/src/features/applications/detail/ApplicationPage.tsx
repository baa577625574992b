import { CopyOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { Application, ApplicationState } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ApplicationStateTag } from '@/shared/ui/tags';
import { entriesOf } from '../amounts';
import { valuesOf } from '../apply/draft';
import { ReturnedAlert } from '../apply/ReturnedAlert';
import { AttachmentsCard } from '../attachments/AttachmentsCard';
import { ItemText } from '../ItemText';
import { SaveTemplateButton } from '../templates/SaveTemplateButton';
import { AskedCard } from './AskedCard';
import { CommandBar } from './CommandBar';
import { DeliveryCard } from './DeliveryCard';
import { DutiesCard } from './DutiesCard';
import { EvidenceCard } from './EvidenceCard';
import { History } from './History';
import { OutlookCard } from './OutlookCard';
import { PrecheckCard } from './PrecheckCard';
import { RevisionsCard } from './RevisionsCard';

const WATCHING = 1_500;

const REVIEWS: ApplicationState[] = [
  'DEPT_REVIEW',
  'TECH_REVIEW',
  'EXPERT_REVIEW',
  'BUREAU_APPROVAL',
];

/** While the control plane works on it, the page follows without being asked. */
function isMoving(state: ApplicationState | undefined): boolean {
  return state === 'APPROVED' || state === 'AUTO_APPROVED' || state === 'DELIVERING';
}

export function ApplicationPage() {
  const { id = '' } = useParams();
  const application = useQuery({
    queryKey: ['/applications', id],
    queryFn: ({ signal }) => api<Application>(`/applications/${id}`, { signal }),
    refetchInterval: (query) => (isMoving(query.state.data?.state) ? WATCHING : false),
  });
  return (
    <Loaded query={application} rows={10}>
      {(data) => <Detail application={data} />}
    </Loaded>
  );
}

function Detail({ application }: { application: Application }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const basics = [
    {
      key: 'system',
      label: t('application.system'),
      children: <Link to={`/systems/${application.system.id}`}>{application.system.name}</Link>,
    },
    {
      key: 'unit',
      label: t('application.unit'),
      children: <Link to={`/units/${application.unit.id}`}>{application.unit.name}</Link>,
    },
    { key: 'pool', label: t('application.pool'), children: format.pool(application.pool) },
    ...(application.termMonths === null
      ? []
      : [
          {
            key: 'term',
            label: t('application.term'),
            children: t('units.months', { value: format.number(application.termMonths) }),
          },
        ]),
    {
      key: 'submittedBy',
      label: t('application.submittedBy'),
      children: application.submittedBy.name,
    },
    {
      key: 'submittedAt',
      label: t('application.submittedAt'),
      children: format.time(application.submittedAt),
    },
    {
      key: 'enteredAt',
      label: t('application.enteredAt'),
      children: format.time(application.enteredAt),
    },
    {
      key: 'assignee',
      label: t('application.assignee'),
      children: application.assignee?.name ?? t('common.none'),
    },
    {
      key: 'decidedBy',
      label: t('application.decidedBy'),
      children: application.decidedBy?.name ?? t('common.none'),
    },
    {
      key: 'decidedAt',
      label: t('application.decidedAt'),
      children: format.time(application.decidedAt),
    },
    {
      key: 'deliveredAt',
      label: t('application.deliveredAt'),
      children: format.time(application.deliveredAt),
    },
    {
      key: 'purpose',
      label: t('application.purpose'),
      span: 'filled' as const,
      children: application.purpose,
    },
    {
      key: 'expectedLoad',
      label: t('apply.expectedLoad'),
      span: 'filled' as const,
      children: application.expectedLoad ?? t('common.none'),
    },
  ];
  return (
    <>
      <PageHead
        back="/applications"
        title={application.number}
        note={<ApplicationStateTag state={application.state} />}
      >
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('detail.print')}
        </Button>
        {may('TEMPLATE_EDIT') && <SaveTemplateButton values={valuesOf(application)} />}
        {may('APPLICATION_SUBMIT') && (
          <Link to={`/applications/new?copy=${application.id}`}>
            <Button icon={<CopyOutlined />} tabIndex={-1}>
              {t('detail.copy')}
            </Button>
          </Link>
        )}
        <CommandBar application={application} />
      </PageHead>
      <div className="stack">
        <Card>
          <Progress state={application.state} />
        </Card>
        {application.state === 'RETURNED' && <ReturnedAlert application={application} />}
        {REVIEWS.includes(application.state) && may('OUTLOOK_READ') && (
          <>
            <OutlookCard application={application} />
            <EvidenceCard application={application} />
          </>
        )}
        <Card title={t('detail.basics')}>
          <Descriptions size="small" column={{ xs: 1, md: 3 }} items={basics} />
        </Card>
        <div className="grid-2">
          <div className="stack">
            <ItemsCard application={application} />
            <RevisionsCard application={application} />
            <AttachmentsCard application={application.id} />
            <AskedCard asked={application.asked} />
            <DutiesCard duties={application.duties} />
            <PrecheckCard id={application.id} version={application.version} />
            <Card
              title={t('detail.timeline')}
              extra={
                may('AUDIT_READ') && (
                  <Link to={`/audit?q=${application.id}`}>{t('detail.inAudit')}</Link>
                )
              }
            >
              <History entries={application.timeline} />
            </Card>
          </div>
          <DeliveryCard delivery={application.delivery} />
        </div>
      </div>
    </>
  );
}

function ItemsCard({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { requested } = application;
  return (
    <Card title={t('detail.items')}>
      {requested && (
        <>
          <h4>{t('detail.requested')}</h4>
          <Items items={requested.items} amounts={requested.amounts} />
          <h4>{t('detail.grantedItems')}</h4>
        </>
      )}
      <Items items={application.items} amounts={application.amounts} />
    </Card>
  );
}

function Items({ items, amounts }: Pick<Application, 'items' | 'amounts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <ul className="rows">
        {items.map((item, index) => (
          <li key={index}>
            <ItemText item={item} />
          </li>
        ))}
      </ul>
      <div className="sum" style={{ marginTop: 8 }}>
        <strong>{t('detail.sum')}</strong>
        <dl>
          {entriesOf(amounts).map(([resource, amount]) => (
            <FragmentRow
              key={resource}
              name={format.resource(resource)}
              value={format.exact(resource, amount)}
            />
          ))}
        </dl>
      </div>
    </>
  );
}

function FragmentRow({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** How far along its way an application is; a refused one stops at its review. */
const STEP: Record<ApplicationState, number> = {
  DRAFT: 0,
  RETURNED: 0,
  DEPT_REVIEW: 1,
  PRECHECK: 2,
  TECH_REVIEW: 2,
  EXPERT_REVIEW: 2,
  BUREAU_APPROVAL: 3,
  REJECTED: 3,
  WITHDRAWN: 3,
  EXPIRED: 3,
  AUTO_APPROVED: 4,
  APPROVED: 4,
  DELIVERING: 4,
  PARTIAL: 4,
  DELIVERED: 5,
  CLOSED: 6,
};

const STOPPED: ApplicationState[] = ['RETURNED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'PARTIAL'];

function Progress({ state }: { state: ApplicationState }) {
  const { t } = useTranslation();
  const step = STEP[state];
  const stopped = STOPPED.includes(state);
  const titles = [
    t('detail.step.submitted'),
    t('detail.step.unit'),
    state === 'EXPERT_REVIEW' ? t(`application.state.${state}`) : t('detail.step.review'),
    t('detail.step.bureau'),
    t('detail.step.delivery'),
    t('detail.step.closed'),
  ];
  return (
    <Steps
      size="small"
      responsive
      current={step}
      status={stopped ? 'error' : 'process'}
      items={titles.map((title, index) => ({
        title: stopped && index === step ? t(`application.state.${state}`) : title,
      }))}
    />
  );
}
