/**
 * Imported before anything else: the schema library would try to compile its checks with `new Function`, which the page's
 * content security policy forbids. It works as well without.
 */

import { config } from 'zod';

config({ jitless: true });
