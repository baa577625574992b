import { Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, Item, NamespaceReturnItem } from '@/shared/api/applications';
import type { Amounts } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { ItemText } from '../ItemText';

/** What is left of an item. */
export interface Cut {
  position: number;
  count: number;
  vcpu: number;
  memoryGib: number;
  storageGib: number;
  /** Of a namespace, by resource. */
  extras?: Amounts;
}

type Member = Exclude<keyof Cut, 'position' | 'extras'>;

function whole(item: Item, position: number): Cut {
  switch (item.kind) {
    case 'HOSTS':
      return {
        position,
        count: item.count,
        vcpu: item.vcpu,
        memoryGib: item.memoryGib,
        storageGib: item.diskGib,
      };
    case 'NAMESPACE':
      return {
        position,
        count: 1,
        vcpu: item.cpu,
        memoryGib: item.memoryGib,
        storageGib: item.storageGib,
        ...(item.extras ? { extras: item.extras } : {}),
      };
    case 'RESIZE':
      return {
        position,
        count: 1,
        vcpu: item.vcpu,
        memoryGib: item.memoryGib,
        storageGib: 0,
      };
    case 'DISK':
      return { position, count: 1, vcpu: 1, memoryGib: 1, storageGib: item.diskGib };
    case 'NAMESPACE_RETURN':
    case 'QUOTA':
      return {
        position,
        count: 1,
        vcpu: item.cpu ?? 0,
        memoryGib: item.memoryGib ?? 0,
        storageGib: item.storageGib ?? 0,
      };
    case 'ZONE':
      return { position, count: 1, vcpu: 0, memoryGib: 0, storageGib: 0 };
    case 'MOVE':
    case 'RENEWAL':
    case 'RETURN':
      return { position, count: 1, vcpu: 1, memoryGib: 1, storageGib: 0 };
  }
}

/** What reviews of this revision have left of each item, or all of it. */
function left(application: Application, items: Item[]): Cut[] {
  const earlier = new Map(
    application.timeline
      .filter(({ revision }) => revision === application.revision)
      .flatMap(({ cuts }) => cuts.map((cut) => [cut.position, cut])),
  );
  return items.map((item, at) => {
    const all = whole(item, at);
    const { extras, ...cut } = earlier.get(at) ?? all;
    const left = all.extras && (extras ?? all.extras);
    return left ? { ...cut, extras: left } : cut;
  });
}

function isPart(item: Item): item is NamespaceReturnItem {
  return item.kind === 'NAMESPACE_RETURN' && !item.whole;
}

/** What a review may set: never more than was asked for, and a size of the catalogue as it is. */
function members(item: Item): { name: Member; min: number; text: MemberText }[] {
  if (item.kind === 'NAMESPACE' || item.kind === 'QUOTA' || isPart(item)) {
    return [
      { name: 'vcpu', min: Math.min(1, item.cpu ?? 0), text: 'apply.cpu' },
      { name: 'memoryGib', min: Math.min(1, item.memoryGib ?? 0), text: 'apply.namespaceMemory' },
      { name: 'storageGib', min: 0, text: 'apply.storage' },
    ];
  }
  if (item.kind === 'RESIZE') {
    return [
      { name: 'vcpu', min: Math.min(item.vcpu, item.before?.vcpu ?? 1), text: 'apply.vcpu' },
      {
        name: 'memoryGib',
        min: Math.min(item.memoryGib, item.before?.memoryGib ?? 1),
        text: 'apply.memory',
      },
    ];
  }
  if (item.kind === 'DISK') {
    return [{ name: 'storageGib', min: 1, text: 'apply.storage' }];
  }
  if (item.kind !== 'HOSTS') {
    return [];
  }
  const count = { name: 'count', min: 0, text: 'apply.count' } as const;
  const disk = { name: 'storageGib', min: 20, text: 'apply.disk' } as const;
  return item.size
    ? [count, disk]
    : [
        count,
        { name: 'vcpu', min: 1, text: 'apply.vcpu' },
        { name: 'memoryGib', min: 1, text: 'apply.memory' },
        disk,
      ];
}

type MemberText =
  | 'apply.cpu'
  | 'apply.memory'
  | 'apply.namespaceMemory'
  | 'apply.storage'
  | 'apply.count'
  | 'apply.disk'
  | 'apply.vcpu';

/** Lets a review grant less than the one before has left; what stays as it is is not sent. */
export function CutFields({
  application,
  label,
  onChange,
}: {
  application: Application;
  label: string;
  onChange: (cuts: Cut[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const items = (application.requested ?? application).items;
  const [open, setOpen] = useState(application.requested !== null);
  const before = left(application, items);
  const [cuts, setCuts] = useState(before);

  function tell(next: Cut[]) {
    setCuts(next);
    onChange(next.filter((cut) => before.some((one) => isSame(one, cut) && isLess(cut, one))));
  }

  function change(at: number, part: Partial<Cut>) {
    tell(cuts.map((cut, other) => (other === at ? { ...cut, ...part } : cut)));
  }

  return (
    <div style={{ marginBottom: 16 }}>
      <Checkbox
        checked={open}
        onChange={(event) => {
          setOpen(event.target.checked);
          tell(before);
        }}
      >
        {label}
      </Checkbox>
      {open &&
        items.map((item, at) => (
          <div key={at} style={{ marginTop: 8 }}>
            <ItemText item={item} />
            <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', marginTop: 4 }}>
              {item.kind !== 'HOSTS' && (
                <Checkbox
                  checked={cuts[at]?.count === 0}
                  disabled={before[at]?.count === 0}
                  onChange={(event) => change(at, { count: event.target.checked ? 0 : 1 })}
                >
                  {t('application.cutNothing')}
                </Checkbox>
              )}
              {members(item).map(({ name, min, text }) => (
                <label key={name}>
                  <span className="faint">{t(text)} </span>
                  <InputNumber
                    size="small"
                    precision={0}
                    min={min}
                    max={before[at]?.[name] ?? min}
                    value={cuts[at]?.[name] ?? min}
                    disabled={name !== 'count' && cuts[at]?.count === 0}
                    onChange={(value) => change(at, { [name]: value ?? min })}
                  />
                </label>
              ))}
              {Object.entries(before[at]?.extras ?? {}).map(([resource, most]) => (
                <label key={resource}>
                  <span className="faint">{format.resource(resource)} </span>
                  <InputNumber
                    size="small"
                    precision={0}
                    min={0}
                    max={most}
                    value={cuts[at]?.extras?.[resource] ?? 0}
                    disabled={cuts[at]?.count === 0}
                    onChange={(value) =>
                      change(at, { extras: { ...cuts[at]?.extras, [resource]: value ?? 0 } })
                    }
                  />
                </label>
              ))}
            </div>
          </div>
        ))}
    </div>
  );
}

function isSame(one: Cut, other: Cut): boolean {
  return one.position === other.position;
}

function isLess(cut: Cut, all: Cut): boolean {
  return (
    (['count', 'vcpu', 'memoryGib', 'storageGib'] as const).some((name) => cut[name] < all[name]) ||
    Object.entries(all.extras ?? {}).some(
      ([resource, most]) => (cut.extras?.[resource] ?? 0) < most,
    )
  );
}
