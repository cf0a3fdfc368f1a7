import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What runs and users leave behind: copies of the samples, user data of the opened product, packages. Not in git. */
export const scratch = path.join(root, '.huntbook');

/** The browser workbench and the browser it may need. Not in git. */
export const workbenchHome = path.join(root, '.vscode-test');

/** Screenshots and logs of tests. Not in git. */
export const testResults = path.join(root, 'test-results');
