// Says what is wrong with an OpenAPI document; nothing and 0 when it is right, and of version 3.1.
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const { valid, errors } = await validator.validate(process.argv[2]);
if (!valid || validator.version !== "3.1") {
  console.error(validator.version, JSON.stringify(errors, null, 1));
  process.exit(1);
}
