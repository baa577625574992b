// Runs a step of the console's build only when something it depends on has changed since it last
// succeeded, so that a Maven build that touches only Java spends milliseconds here.
//
//   node scripts/stale.mjs install|check|build OUT [NARROWED...]
//
// OUT is where the built console goes; the marks of what has succeeded are kept beside it. NARROWED
// are Maven's properties that narrow a run down, such as skipTests; where one is set, nothing is
// checked. Maven leaves one that is not set as it is written: ${skipTests}.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const [step, out, ...narrowed] = process.argv.slice(2);
if (narrowed.some((value) => !/^(|false|\$\{.*\})$/.test(value))) {
  process.exit(0);
}
if (!['install', 'check', 'build'].includes(step) || !out) {
  process.stderr.write('usage: stale.mjs install|check|build OUT\n');
  process.exit(2);
}
const marks = join(dirname(dirname(out)), 'console');

/** Every file that a step reads, with its content, in one digest. */
function digest(paths) {
  const hash = createHash('sha256').update(`${process.version} ${step}\n`);
  for (const path of paths.sort()) {
    hash
      .update(`${relative(home, path)}\n`)
      .update(readFileSync(path))
      .update('\n');
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) {
      return [];
    }
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: home,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  if (error) {
    process.stderr.write(`${command}: ${error.message}\n`);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function unlessFresh(mark, now, result, work) {
  if (existsSync(result) && existsSync(mark) && readFileSync(mark, 'utf8') === now) {
    return;
  }
  work();
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, now);
}

function install() {
  const lock = join(home, 'package-lock.json');
  const modules = join(home, 'node_modules');
  unlessFresh(join(modules, '.installed'), digest([lock]), modules, () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline']),
  );
}

install();
if (step === 'check') {
  unlessFresh(join(marks, 'check'), digest(filesUnder(home)), marks, () =>
    run('npm', ['run', '--silent', 'check']),
  );
}
if (step === 'build') {
  const read = filesUnder(home).filter((path) => !relative(home, path).startsWith('tests'));
  unlessFresh(join(marks, 'build'), digest(read), join(out, 'index.html'), () =>
    run('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn'], { CONSOLE_OUT: out }),
  );
}
