// What a file of tests has loaded is kept compiled for later processes: this one is ended before Node would do so.

import { flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

afterAll(() => flushCompileCache());
