import { describe } from 'vitest';
import { openTempStore } from '../support/temp-store.ts';
import { storeSpec } from './store-spec.ts';

describe('the store on SQLite', () => {
  storeSpec(() => openTempStore());
});
