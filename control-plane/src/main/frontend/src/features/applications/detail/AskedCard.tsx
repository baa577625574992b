import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answered, Application } from '@/shared/api/applications';

/** Whom an application waits for beside whoever decides; nothing where nobody was asked. */
export function AskedCard({ asked }: { asked: Application['asked'] }) {
  const { t } = useTranslation();
  if (!asked || asked.signers.length + asked.experts.length === 0) {
    return null;
  }
  return (
    <Card title={t('detail.waitsFor')}>
      {asked.signers.length > 0 && (
        <People
          title={t('detail.signers')}
          people={asked.signers}
          done={t('detail.signed')}
          due={t('detail.notSigned')}
        />
      )}
      {asked.experts.length > 0 && (
        <People
          title={t('detail.quorum', { quorum: asked.quorum })}
          people={asked.experts}
          done={t('detail.opinionGiven')}
          due={t('detail.opinionDue')}
        />
      )}
    </Card>
  );
}

function People(props: { title: string; people: Answered[]; done: string; due: string }) {
  return (
    <>
      <h4>{props.title}</h4>
      <ul className="rows">
        {props.people.map(({ person, answered }) => (
          <li key={person.id}>
            <div className="grow">{person.name}</div>
            <Tag color={answered ? 'green' : 'gold'}>{answered ? props.done : props.due}</Tag>
          </li>
        ))}
      </ul>
    </>
  );
}
