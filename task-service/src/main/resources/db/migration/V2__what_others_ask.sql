-- How a dispute ended the task, to be told again to whoever asks for its state. The dispute is tasks.dispute_id.
ALTER TABLE tasks
  ADD COLUMN ruling_resolution text,
  ADD COLUMN ruling_percentage numeric CHECK (ruling_percentage BETWEEN 0 AND 100),
  ADD CHECK ((ruling_resolution IS NULL) = (ruling_percentage IS NULL));

-- What agents are worth to those who look for one. rating is the mean of the stars, 0 without any; reputation starts
-- at 3, follows the stars, and rulings move it by adjustment.
ALTER TABLE agents
  ADD COLUMN rating     numeric(5, 4) NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
  ADD COLUMN reputation numeric(5, 4) NOT NULL DEFAULT 3 CHECK (reputation BETWEEN 0 AND 5),
  ADD COLUMN adjustment numeric(6, 4) NOT NULL DEFAULT 0;
UPDATE agents SET
  rating = CASE rating_count WHEN 0 THEN 0 ELSE round(rating_sum::numeric / rating_count, 4) END,
  reputation = round((15.0 + rating_sum) / (5 + rating_count), 4);
