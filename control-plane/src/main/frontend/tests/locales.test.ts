import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '@/locales/en.json';
import zh from '@/locales/zh.json';

interface Tree {
  [key: string]: string | Tree;
}

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') {
      all.set(prefix + key, value);
    } else {
      flat(value, `${prefix}${key}.`).forEach((text, name) => all.set(name, text));
    }
  }
  return all;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return sources(path);
    }
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const chinese = flat(zh);
const english = flat(en);
const code = sources('src').join('\n');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

describe('the message files', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('have no empty text', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('leave the same places open in each text', () => {
    for (const [key, text] of chinese) {
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('have every key that the code names', () => {
    const named = [...code.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter((key) => !chinese.has(key))).toEqual([]);
  });

  it('have no key that the code never names', () => {
    const families = [...code.matchAll(/`([\w]+(?:\.[\w]+)*)\.\$\{/g)].map((match) => match[1]);
    const used = (key: string) =>
      code.includes(`'${key}'`) || families.some((family) => key.startsWith(`${family ?? ''}.`));
    expect([...chinese.keys()].filter((key) => !used(key))).toEqual([]);
  });

  it('hold English in the English file, but for the names of the product and of a language', () => {
    const han = /\p{Script=Han}/u;
    const names = ['shell.product', 'shell.languageZh'];
    const strays = [...english].filter(([key, text]) => han.test(text) && !names.includes(key));
    expect(strays).toEqual([]);
  });
});
