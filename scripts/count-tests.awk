# Reads the output of a test runner and prints "passed failed skipped", summed over all summaries found in it.
# Knows the summaries of dotnet test, vitest, Playwright, node --test and of this project's shell tests.

function clean(line) {
  gsub(/\033\[[0-9;]*[A-Za-z]/, "", line)
  sub(/\r$/, "", line)
  return line
}

# The number before (side = -1) or after (side = 1) the word, 0 when the line has none.
function number(line, word, side,    parts, count, i, text) {
  gsub(/[,|():]/, " ", line)
  count = split(line, parts, " ")
  for (i = 1; i <= count; i++) {
    if (parts[i] == word) {
      text = parts[i + side]
      if (text ~ /^[0-9]+$/) return text + 0
    }
  }
  return 0
}

{ line = clean($0) }

# dotnet test: "Passed!  - Failed:     0, Passed:    12, Skipped:     1, Total:    13, Duration: 1 s - X.dll (net10.0)"
line ~ /^ *(Passed|Failed|Skipped)! +- Failed: / {
  failed += number(line, "Failed", 1); passed += number(line, "Passed", 1); skipped += number(line, "Skipped", 1)
  next
}

# vitest: "      Tests  1 failed | 11 passed | 2 skipped (14)"
line ~ /^ *Tests +[0-9]+ .*\([0-9]+\)$/ {
  failed += number(line, "failed", -1); passed += number(line, "passed", -1)
  skipped += number(line, "skipped", -1) + number(line, "todo", -1)
  next
}

# Shell tests: "12 passed, 0 failed, 1 skipped"
line ~ /^[0-9]+ passed, [0-9]+ failed/ {
  passed += number(line, "passed", -1); failed += number(line, "failed", -1); skipped += number(line, "skipped", -1)
  next
}

# Playwright: one line a kind, "  10 passed (4.2s)". A flaky test failed once: that is a failure.
line ~ /^ +[0-9]+ (passed|failed|flaky|interrupted|skipped|did not run)( \(.*\))?$/ {
  split(line, words, " ")
  if (words[2] == "passed") passed += words[1]
  else if (words[2] == "failed" || words[2] == "flaky" || words[2] == "interrupted") failed += words[1]
  else skipped += words[1]
  next
}

# node --test: "# pass 10" in TAP, "ℹ pass 10" for people.
line ~ /^(#|ℹ) (pass|fail|cancelled|skipped|todo) [0-9]+$/ {
  split(line, words, " ")
  if (words[2] == "pass") passed += words[3]
  else if (words[2] == "fail" || words[2] == "cancelled") failed += words[3]
  else skipped += words[3]
}

END { print passed + 0, failed + 0, skipped + 0 }
