// Runs the scenarios one after another, and says of each whether it holds.
import { close, failed as tell, open } from './lab.mjs';

const only = process.argv.slice(2);
let passed = 0;
const failed = [];

await open();
try {
  for (const file of ['signin', 'paths', 'outages', 'lighthouse']) {
    const { scenarios } = await import(`./${file}.mjs`);
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (only.length && !only.some((it) => `${file} ${name}`.includes(it))) continue;
      const begin = Date.now();
      try {
        await scenario();
        passed += 1;
        console.log(`ok   ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
      } catch (error) {
        failed.push(name);
        console.log(`FAIL ${name}: ${error instanceof Error ? (error.name === 'Error' ? error.message : error.stack) : error}`);
        await tell(name);
      }
    }
  }
} finally {
  await close();
}
console.log(`console: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
