/**
 * Base units to what people read. Storage of a province in bytes passes 2^53, but it is always whole
 * MiB, and those a JavaScript number holds exactly.
 */

const GIB = 2 ** 30;
const KIBI = 1024;

export type ShownUnit = 'vcpu' | 'hosts' | 'gib' | 'tib' | 'none';

export interface ResourceParts {
  base: string;
  variant: string;
}

export function resourceOf(code: string): ResourceParts {
  const [base = code, variant = ''] = code.split('/');
  return { base, variant };
}

/** Whether its amounts say by themselves what they are of, such as `8 GiB`. */
export function hasUnit(code: string): boolean {
  return ORDER.includes(resourceOf(code).base);
}

/** The order in which resources are listed everywhere. */
const ORDER = ['hosts', 'cpuMillis', 'memoryBytes', 'storageBytes'];

export function byResource(a: string, b: string): number {
  const rank = (code: string) => {
    const at = ORDER.indexOf(resourceOf(code).base);
    return at < 0 ? ORDER.length : at;
  };
  return rank(a) - rank(b) || (a < b ? 1 : -1);
}

function bytes(value: number, exact: boolean): { value: number; unit: ShownUnit } {
  const gib = value / GIB;
  if (Math.abs(gib) < KIBI || exact) {
    return { value: exact ? gib : round(gib, 1), unit: 'gib' };
  }
  return { value: round(gib / KIBI, Math.abs(gib) < 100 * KIBI ? 2 : 1), unit: 'tib' };
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

export function amountText(
  resource: string,
  value: number,
  exact: boolean,
  show: (value: number, unit: ShownUnit) => string,
): string {
  switch (resourceOf(resource).base) {
    case 'cpuMillis':
      return show(value / 1000, 'vcpu');
    case 'memoryBytes':
    case 'storageBytes': {
      const scaled = bytes(value, exact);
      return show(scaled.value, scaled.unit);
    }
    case 'hosts':
      return show(value, 'hosts');
    default:
      return show(value, 'none');
  }
}
